using System.Globalization;
using Relance.Dashboard;

namespace Relance.Portal;

/// <summary>In which language a client reads: the one chosen on the page, else the contract's, else the browser's.</summary>
internal static class PortalLanguage
{
    /// <summary>The query parameter that chooses it.</summary>
    public const string Parameter = "lang";

    /// <summary>The language of an answer: <c>fr</c> or <c>en</c>.</summary>
    /// <param name="locale">The client's; null where nobody is known.</param>
    public static string Of(HttpContext http, string? locale) =>
        Known(http.Request.Query[Parameter].ToString()) ?? (locale is null ? Asked(http) : Known(locale)) ?? Words.Languages[0];

    /// <summary>The same answer, in a language.</summary>
    public static IResult In(string language, IResult page) => new Localized(language, page);

    private static string? Asked(HttpContext http) => http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(wish => wish.Quality ?? 1).Select(wish => Known(wish.Value.ToString())).FirstOrDefault(known => known is not null);

    private static string? Known(string locale) => Words.Languages.FirstOrDefault(language => locale.StartsWith(language, StringComparison.OrdinalIgnoreCase));

    private sealed class Localized(string language, IResult page) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            await page.ExecuteAsync(httpContext);
        }
    }
}
