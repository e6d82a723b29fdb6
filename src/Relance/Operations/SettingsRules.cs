using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Numerics;
using Relance.Domain.Law;

namespace Relance.Operations;

/// <summary>Rules for single values; each returns the normalised value, or null when it is not one.</summary>
internal static class SettingsRules
{
    /// <summary>SIREN: nine digits whose Luhn sum is a multiple of ten (INSEE).</summary>
    public static string? Siren(string text)
    {
        var digits = WithoutSpaces(text);
        if (digits.Length != 9 || !digits.All(char.IsAsciiDigit))
            return null;
        var sum = digits.Select((c, i) => i % 2 == 0 ? c - '0' : Doubled(c - '0')).Sum();
        return sum % 10 == 0 ? digits : null;

        static int Doubled(int digit) => digit < 5 ? 2 * digit : (2 * digit) - 9;
    }

    /// <summary>IBAN: country, check digits, 15 to 34 characters, remainder 1 modulo 97 (ISO 13616, ISO 7064).</summary>
    public static string? Iban(string text)
    {
        var iban = WithoutSpaces(text).ToUpperInvariant();
        if (iban.Length is < 15 or > 34 || !iban.All(char.IsAsciiLetterOrDigit) || !iban[..2].All(char.IsAsciiLetter) || !iban[2..4].All(char.IsAsciiDigit))
            return null;
        var digits = string.Concat((iban[4..] + iban[..4]).Select(c => char.IsAsciiDigit(c) ? c.ToString() : (c - 'A' + 10).ToString(CultureInfo.InvariantCulture)));
        return BigInteger.Parse(digits, CultureInfo.InvariantCulture) % 97 == 1 ? iban : null;
    }

    /// <summary>BIC: four letters, country, then two or five letters or digits (ISO 9362).</summary>
    public static string? Bic(string text)
    {
        var bic = WithoutSpaces(text).ToUpperInvariant();
        return bic.Length is 8 or 11 && bic.All(char.IsAsciiLetterOrDigit) && bic[4..6].All(char.IsAsciiLetter) ? bic : null;
    }

    /// <summary>One bare e-mail address.</summary>
    public static string? Email(string text) =>
        !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) && MailAddress.TryCreate(text, out var address) && address.Address == text ? text : null;

    /// <summary>An absolute http or https address without user, query or fragment.</summary>
    public static Uri? Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        && url is { UserInfo: "", Query: "", Fragment: "", Host: not "" } ? url : null;

    /// <summary>One line, without control characters.</summary>
    public static string? Line(string text) => text.Any(char.IsControl) ? null : text;

    /// <summary><c>09:00-10:00</c>: two local times of one day, the first earlier.</summary>
    public static (TimeOnly Start, TimeOnly End)? Window(string text) =>
        text.Split('-', StringSplitOptions.TrimEntries) is [var from, var to]
        && TimeOnly.TryParseExact(from, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
        && TimeOnly.TryParseExact(to, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end)
        && start < end ? (start, end) : null;

    /// <summary><c>P2M</c>, <c>P30D</c>: whole months or days (ISO 8601), as long as contracts have them.</summary>
    public static NoticePeriod? Notice(string text) =>
        NoticePeriod.TryParse(text, out var notice) && notice is { Months: <= 24, Days: <= 730 } ? notice : null;

    private static string WithoutSpaces(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    /// <summary>One address, or a network in CIDR notation (RFC 4632); null when it is neither, and where the address has bits beyond the prefix: one of the two is a slip.</summary>
    public static IPNetwork? Network(string text) => IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
        : IPNetwork.TryParse(text, out var network) && network.BaseAddress.Equals(IPAddress.Parse(text[..text.IndexOf('/', StringComparison.Ordinal)])) ? network : null;
}
