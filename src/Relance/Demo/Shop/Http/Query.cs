using System.Globalization;
using System.Text.RegularExpressions;

namespace Relance.Demo.Shop;

/// <summary>A query string as PHP and WordPress read it: <c>a=1,2</c>, <c>a[]=1&amp;a[]=2</c> and <c>a[0]=1</c> are lists.</summary>
internal sealed partial class Query(string text)
{
    /// <summary>Decoded pairs in order, list brackets kept.</summary>
    internal IReadOnlyList<(string Name, string Value)> Pairs { get; } = [.. text.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Pair)];

    internal string? Get(string name) => Pairs.LastOrDefault(p => p.Name == name).Value;

    internal bool Has(string name) => Pairs.Any(p => Plain(p.Name) == name);

    internal IReadOnlyList<string> List(string name) =>
        [.. Pairs.Where(p => Plain(p.Name) == name).SelectMany(p => p.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    internal IReadOnlyList<long> Ids(string name) => [.. List(name).Select(v => long.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw WpError.Invalid(name, "rest_invalid_type", $"{name}[0] n’est pas de type integer."))];

    internal bool Flag(string name) => Get(name) is "true" or "1";

    /// <summary>A whole number within bounds, or its default.</summary>
    internal int Number(string name, int fallback, int max = int.MaxValue)
    {
        if (Get(name) is not { } value)
        {
            return fallback;
        }

        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw WpError.Invalid(name, "rest_invalid_type", $"{name} n’est pas de type integer.");
        }

        return number >= 1 && number <= max ? number
            : throw WpError.Invalid(name, "rest_out_of_bounds", $"{name} doit être compris entre 1 (inclus) et {max.ToString(CultureInfo.InvariantCulture)} (inclus)");
    }

    /// <summary>
    /// A date in the column's terms. With an offset and <c>dates_are_gmt</c> WooCommerce turns the value into local time and
    /// then compares it with UTC: the window is wrong by the zone's offset, silently (recorded in 173).
    /// </summary>
    internal DateTimeOffset? Date(string name, TimeZoneInfo zone)
    {
        if (Get(name) is not { } value)
        {
            return null;
        }

        var match = Iso().Match(value);
        if (!match.Success || !DateTime.TryParse(match.Groups["naive"].Value, CultureInfo.InvariantCulture, out var naive))
        {
            throw WpError.Invalid(name, "rest_invalid_date", "Date non valide.");
        }

        if (match.Groups["zone"].Success)
        {
            var instant = DateTimeOffset.Parse(match.Groups["naive"].Value + match.Groups["zone"].Value, CultureInfo.InvariantCulture);
            naive = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        }

        return new(naive, Flag("dates_are_gmt") ? TimeSpan.Zero : zone.GetUtcOffset(naive));
    }

    internal static string Plain(string name) => name.Split('[')[0];

    private static (string, string) Pair(string pair)
    {
        var cut = pair.Split('=', 2);
        return (Decode(cut[0]), cut.Length > 1 ? Decode(cut[1]) : "");
    }

    private static string Decode(string value) => Uri.UnescapeDataString(value.Replace('+', ' '));

    [GeneratedRegex(@"^(?<naive>\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d)(\.\d+)?(?<zone>Z|[+-]\d\d(:?\d\d)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Iso();
}
