using Relance.Agency;

namespace Relance.Api;

/// <summary>The language of titles, scripts and labels.</summary>
internal static class Locale
{
    /// <summary>The code that the read models take; English by default.</summary>
    /// <exception cref="RefusedException">It is neither.</exception>
    public static string Of(string? asked) => asked switch
    {
        null => "en",
        "en" or "fr" => asked,
        _ => throw RefusedException.Invalid("locale", "expected en or fr"),
    };
}
