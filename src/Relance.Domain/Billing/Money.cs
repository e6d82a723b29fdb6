using System.Globalization;

namespace Relance.Domain.Billing;

/// <summary>An amount in minor units (cents) of an ISO 4217 currency.</summary>
/// <param name="Minor">Minor units: 14400 is 144.00 EUR. May be negative (credit).</param>
/// <param name="Currency">Three capital letters, ISO 4217.</param>
/// <remarks>Amounts of two currencies never mix: every operator across currencies throws <see cref="InvalidOperationException"/>.</remarks>
public readonly record struct Money(long Minor, string Currency) : IComparable<Money>
{
    /// <summary>Nothing owed, in <paramref name="currency"/>.</summary>
    public static Money Zero(string currency) => new(0, currency);

    /// <summary>Reads a decimal string as shops write it (<c>"144.00"</c>: a point, no grouping).</summary>
    /// <exception cref="FormatException">Not a number, more precise than the currency's minor unit, or not an ISO currency.</exception>
    public static Money Parse(string amount, string currency)
    {
        if (currency is not { Length: 3 } || !currency.All(char.IsAsciiLetterUpper))
            throw new FormatException($"currency: expected three capital letters such as EUR, got '{currency}'.");
        if (!decimal.TryParse(amount, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            throw new FormatException($"amount: expected a number such as 144.00, got '{amount}'.");
        var scale = Scale(currency);
        if (Math.Abs(value) > long.MaxValue / scale || value * scale != decimal.Truncate(value * scale))
            throw new FormatException($"amount: '{amount}' does not fit the minor unit of {currency}.");
        return new Money((long)(value * scale), currency);
    }

    /// <summary>The amount in major units (144.00m).</summary>
    public decimal Major => Minor / Scale(Currency);

    /// <summary>The amount as shops write it: a point, no grouping, the currency's own decimals (<c>144.00</c>).</summary>
    public string Decimals() => Major.ToString(Scale(Currency) switch { 1m => "F0", 1000m => "F3", _ => "F2" }, CultureInfo.InvariantCulture);

    /// <summary>Sum of two amounts of one currency.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Minor + right.In(left)), left.Currency);

    /// <summary>Difference of two amounts of one currency.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Minor - right.In(left)), left.Currency);

    /// <inheritdoc/>
    public int CompareTo(Money other) => Minor.CompareTo(other.In(this));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major} {Currency}");

    private long In(Money other) => Currency == other.Currency
        ? Minor
        : throw new InvalidOperationException($"Cannot combine {other.Currency} with {Currency}: amounts of two currencies never mix.");

    // ISO 4217 minor units other than two, as shops of our field meet them.
    private static decimal Scale(string currency) => currency switch
    {
        "JPY" or "KRW" or "XAF" or "XOF" or "XPF" or "VND" or "CLP" => 1m,
        "TND" or "KWD" or "BHD" or "JOD" or "OMR" => 1000m,
        _ => 100m,
    };
}
