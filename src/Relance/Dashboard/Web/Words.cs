using System.Globalization;

namespace Relance.Dashboard;

/// <summary>The two languages of the pages, side by side where they are said: none can be forgotten.</summary>
internal static class Words
{
    /// <summary>The languages, the first being the one of those whose browser asks for neither.</summary>
    public static readonly string[] Languages = ["fr", "en"];

    /// <summary>The language of this request: <c>fr</c> or <c>en</c>.</summary>
    public static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? "fr" : "en";

    /// <summary>The sentence in the language of this request. French comes in plain spaces, and leaves with no-break ones.</summary>
    public static string Say(string french, string english) => Language == "fr" ? Typeset(french) : english;

    /// <summary>A count and its noun: French has the singular below two, English for one only.</summary>
    public static string Count(long n, string frenchOne, string frenchMany, string one, string many) =>
        Say($"{Formats.Number(n)} {(n < 2 ? frenchOne : frenchMany)}", $"{Formats.Number(n)} {(n == 1 ? one : many)}");

    private static string Typeset(string text) => Templates.Typography.French(text);
}
