using System.Collections.Frozen;
using System.Globalization;

namespace Relance.Import;

/// <summary>The currencies that a country of this world uses now (CLDR, by its ISO 4217 code).</summary>
internal static class Currencies
{
    private static readonly FrozenSet<string> s_inUse = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(culture => new RegionInfo(culture.Name).ISOCurrencySymbol).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a code in capitals is one of them.</summary>
    public static bool IsInUse(string code) => s_inUse.Contains(code);
}
