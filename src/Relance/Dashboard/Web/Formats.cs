using System.Globalization;
using Relance.Domain.Billing;

namespace Relance.Dashboard;

/// <summary>Dates, instants and amounts as people of the request's language write them. No culture of the machine decides.</summary>
internal static class Formats
{
    private static readonly CultureInfo s_french = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly CultureInfo s_english = CultureInfo.GetCultureInfo("en-GB");
    private static readonly NumberFormatInfo s_frenchNumbers = new() { NumberGroupSeparator = "\u202F", NumberDecimalSeparator = ",", NumberDecimalDigits = 0 };
    private static readonly NumberFormatInfo s_englishNumbers = new() { NumberDecimalDigits = 0 };

    private static bool French => Words.Language == "fr";

    private static NumberFormatInfo Numbers => French ? s_frenchNumbers : s_englishNumbers;

    /// <summary>« 16 déc. 2026 ».</summary>
    public static string Date(DateOnly date) => date.ToString("d MMM yyyy", French ? s_french : s_english).Replace(' ', '\u00A0');

    /// <summary>« 16 décembre 2026 », « 1er janvier 2027 ».</summary>
    public static string Day(DateOnly date) => (French && date.Day == 1 ? "1er" + date.ToString(" MMMM yyyy", s_french) : date.ToString("d MMMM yyyy", French ? s_french : s_english)).Replace(' ', '\u00A0');

    /// <summary>« mercredi 16 décembre 2026 ».</summary>
    public static string DateLong(DateOnly date) => date.ToString("dddd d MMMM yyyy", French ? s_french : s_english);

    /// <summary>A date and a time in the agency's zone.</summary>
    public static string Instant(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        return $"{Date(DateOnly.FromDateTime(local.DateTime))} {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>« 1 234,50 € ».</summary>
    public static string Amount(long minor, string currency)
    {
        var money = new Money(minor, currency);
        var text = money.Major.ToString("N" + new Money(1, currency).Major.Scale.ToString(CultureInfo.InvariantCulture), Numbers);
        var symbol = currency switch { "EUR" => "€", "GBP" => "£", var code => code };
        return French || symbol.Length == 3 ? $"{text}\u00A0{symbol}" : $"{symbol}{text}";
    }

    /// <summary>« 1 234 ».</summary>
    public static string Number(long n) => n.ToString("N", Numbers);
}
