using Relance.Operations;

namespace Relance.Dashboard;

/// <summary>The cookies of the pages. None can be read by scripts; all are for this host only, and for https only where there is https.</summary>
internal static class Cookies
{
    private const string SessionName = "relance";
    private const string DeviceName = "relance-device";
    private const string FlashName = "relance-flash";

    /// <summary>The language somebody chose.</summary>
    public const string Language = "relance-language";

    /// <summary>The session's token.</summary>
    public static string? Session(HttpContext http) => Read(http, SessionName);

    /// <summary>The token of a device on which a password was right once.</summary>
    public static string? Device(HttpContext http) => Read(http, DeviceName);

    /// <summary>What the page before wants said on this one.</summary>
    public static string? Flash(HttpContext http) => Read(http, FlashName);

    /// <summary>Keeps or, with null, deletes the session. It ends with the browser, or earlier on the server.</summary>
    public static void SetSession(HttpContext http, string? token) => Write(http, SessionName, token, null);

    /// <summary>Keeps the device for a year.</summary>
    public static void SetDevice(HttpContext http, string token) => Write(http, DeviceName, token, TimeSpan.FromDays(365));

    /// <summary>Keeps or deletes what the next page says.</summary>
    public static void SetFlash(HttpContext http, string? text) => Write(http, FlashName, text, TimeSpan.FromMinutes(5));

    /// <summary>Keeps the language for a year.</summary>
    public static void SetLanguage(HttpContext http, string language) => Write(http, Language, language, TimeSpan.FromDays(365));

    /// <summary>Whether people reach this page by https, also where a proxy in front speaks it.</summary>
    public static bool IsSecure(HttpContext http)
    {
        var publicUrl = http.RequestServices.GetRequiredService<RelanceSettings>().PublicUrl;
        return http.Request.IsHttps || publicUrl.Scheme == Uri.UriSchemeHttps && http.Request.Host.Host.Equals(publicUrl.Host, StringComparison.OrdinalIgnoreCase);
    }

    // With the prefix a browser takes the cookie from this very host over https only (RFC 6265bis, 4.1.3.2).
    private static string Name(HttpContext http, string name) => IsSecure(http) ? $"__Host-{name}" : name;

    private static string? Read(HttpContext http, string name) => name == Language ? http.Request.Cookies[name] : http.Request.Cookies[Name(http, name)];

    private static void Write(HttpContext http, string name, string? value, TimeSpan? life)
    {
        // Lax: a link in the morning mail opens the page; forms of other sites come without the cookie.
        var options = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", Secure = IsSecure(http), MaxAge = life, IsEssential = true };
        var full = name == Language ? name : Name(http, name);
        if (value is null)
            http.Response.Cookies.Delete(full, options);
        else
            http.Response.Cookies.Append(full, value, options);
    }
}
