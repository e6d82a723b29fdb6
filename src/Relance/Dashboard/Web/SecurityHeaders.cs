namespace Relance.Dashboard;

/// <summary>What a browser may do with our pages: show them, load our style, send our forms.</summary>
internal static class SecurityHeaders
{
    private const string Page = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string Client = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // A mail as it left: its own style and images, and nothing else. The sandbox also holds when somebody opens the frame by itself.
    private const string Mail = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

    /// <summary>For every page.</summary>
    public static void OfPage(HttpContext http)
    {
        Common(http.Response);
        http.Response.Headers.ContentSecurityPolicy = Page;
        http.Response.Headers.XFrameOptions = "DENY";
    }

    /// <summary>For the frame that shows a mail.</summary>
    public static void OfMail(HttpContext http)
    {
        Common(http.Response);
        http.Response.Headers.ContentSecurityPolicy = Mail;
        http.Response.Headers.XFrameOptions = "SAMEORIGIN";
    }

    /// <summary>For a client's page: nobody else learns its address, and nobody keeps it.</summary>
    public static void OfClient(HttpContext http)
    {
        OfPage(http);
        http.Response.Headers.ContentSecurityPolicy = Client;
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        http.Response.Headers.CacheControl = "no-store";
    }

    private static void Common(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        // Set-up links and clients' ids stay here.
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers.Pragma = "no-cache";
    }
}
