using System.Collections.Concurrent;
using Relance.Operations;
using Relance.Shops.WooCommerce;

namespace Relance.Shops;

/// <inheritdoc cref="IShopConnector"/>
internal sealed class ShopConnector(ShopFactory factory, Secrets secrets) : IShopConnector
{
    private readonly ConcurrentDictionary<string, Open> _open = new();

    /// <inheritdoc/>
    public IShop Connect(LinkedShop shop)
    {
        var link = (shop.Url, shop.KeySecret, shop.AllowPrivate, shop.AllowInvalidCertificate, shop.Auth);
        return _open.AddOrUpdate(shop.Id, _ => new(link, Make(shop)), (_, old) => old.Link == link ? old : new(link, Make(shop))).Shop;
    }

    /// <inheritdoc/>
    public IShop Reconnect(LinkedShop shop)
    {
        _open.TryRemove(shop.Id, out _);
        return Connect(shop);
    }

    /// <summary>What <see cref="LinkedShop.KeySecret"/> protects.</summary>
    public static string Join(string key, string secret) => $"{key}:{secret}";

    /// <summary>What <see cref="LinkedShop.Auth"/> stores.</summary>
    public static string AuthOf(IShop shop) => shop is WooCommerceShop { Auth: ShopAuth.OAuth } ? "oauth" : "basic";

    private WooCommerceShop Make(LinkedShop shop)
    {
        var (key, secret) = secrets.Unprotect(shop.KeySecret).Split(':', 2) is [var first, var second] ? (first, second) : ("", "");
        return factory.WooCommerce(new(new(shop.Url), key, secret, shop.AllowPrivate == 1, shop.AllowInvalidCertificate == 1, Auth(shop.Auth)));
    }

    private static ShopAuth? Auth(string stored) => stored switch { "oauth" => ShopAuth.OAuth, "basic" => ShopAuth.Basic, _ => null };

    private sealed record Open((string, string, long, long, string) Link, IShop Shop);
}
