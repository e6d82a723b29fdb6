using Relance.Operations;

namespace Relance.Shops;

/// <summary>Registers linking and the clients of shops.</summary>
internal static class LinkServices
{
    /// <summary>Adds <see cref="ShopLinker"/> and <see cref="IShopConnector"/>. Time limits and OAuth run on real time.</summary>
    public static IServiceCollection AddShops(this IServiceCollection services) => services
        .AddSingleton(provider => new ShopFactory(provider.GetRequiredService<Clocks>().System, provider.GetRequiredService<ILoggerFactory>()))
        .AddSingleton<IShopConnector, ShopConnector>()
        .AddSingleton<ShopLinker>();
}
