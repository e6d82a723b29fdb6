using Relance.Shops;

namespace Relance.Billing;

/// <summary>A client of the shop, as we may know it.</summary>
/// <param name="Id">Our id.</param>
/// <param name="ErasedAt">Since when the person behind it is forgotten; null for all others.</param>
/// <param name="Withheld">What the shop says of it is that person's: not kept.</param>
public sealed record KnownClient(string Id, DateTimeOffset? ErasedAt = null, bool Withheld = false)
{
    /// <summary>What stands for the name of somebody who is forgotten.</summary>
    public const string Erased = "(effacé)";

    /// <summary>What may be kept of what the shop says: of somebody who is forgotten, nothing.</summary>
    public ShopBilling Allowed(ShopBilling said) => !Withheld ? said : new("", "", "", "", "", "");
}
