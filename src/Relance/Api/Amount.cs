using Relance.Domain.Billing;

namespace Relance.Api;

/// <summary>An amount of money.</summary>
/// <param name="Minor">Minor units of the currency: 12000 is 120.00 EUR. Compute with this one.</param>
/// <param name="Currency">Three letters (ISO 4217).</param>
/// <param name="Text">The amount with the currency's own decimals and a point, for people.</param>
public sealed record Amount(long Minor, string Currency, string Text)
{
    /// <summary>An example for the documentation.</summary>
    public static Amount Example { get; } = Of(12000, "EUR");

    /// <summary>An amount of <paramref name="minor"/> units.</summary>
    public static Amount Of(long minor, string currency) => new(minor, currency, new Money(minor, currency).Decimals());
}
