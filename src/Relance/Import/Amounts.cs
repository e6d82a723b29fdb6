using System.Globalization;

namespace Relance.Import;

/// <summary>Amounts as people write them: <c>1 234,50</c>, <c>1.234,50</c>, <c>1,234.50</c>, <c>1234.5 €</c>.</summary>
internal static class Amounts
{
    /// <summary>The number; null where the text is none, or may be two: <c>1,234</c>.</summary>
    public static decimal? Parse(string text)
    {
        var plain = text.Replace("€", "", StringComparison.Ordinal).Replace("EUR", "", StringComparison.OrdinalIgnoreCase).Replace("%", "", StringComparison.Ordinal).Trim();
        if (plain.Length == 0 || plain.Any(c => !char.IsAsciiDigit(c) && c is not ('.' or ',') && !IsSpace(c)))
            return null;
        var last = plain.LastIndexOfAny([',', '.']);
        var whole = last < 0 ? plain : plain[..last];
        var cents = last < 0 ? "" : plain[(last + 1)..];
        // Three digits behind the only separator: thousands to one reader, thousandths to another.
        if (cents.Length is 0 or > 2 && last >= 0)
            return null;
        return Grouped(whole, last < 0 ? null : plain[last]) is { } digits && decimal.TryParse($"{digits}.{cents}0", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    // Groups of three, all parted by the same character, which is not the decimal one.
    private static string? Grouped(string whole, char? decimalMark)
    {
        var marks = whole.Where(c => !char.IsAsciiDigit(c)).Select(c => IsSpace(c) ? ' ' : c).Distinct().ToList();
        if (marks.Count > 1 || (marks.Count == 1 && marks[0] == decimalMark))
            return null;
        var groups = whole.Split([.. whole.Where(c => !char.IsAsciiDigit(c)).Distinct()]);
        if (groups.Length > 1 && (groups[0].Length is 0 or > 3 || groups.Skip(1).Any(group => group.Length != 3)))
            return null;
        var digits = string.Concat(groups);
        return digits.Length is > 0 and <= 12 ? digits : null;
    }

    private static bool IsSpace(char c) => c is ' ' or '\u00A0' or '\u202F' or '\u2009';
}
