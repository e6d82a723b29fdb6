using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Relance.Demo.Mail;

namespace Relance.Demo.Page;

/// <summary>The page that the demo leaves up, on this machine only. A one-time link opens it; its cookie keeps it open.</summary>
internal sealed class DemoPage : IAsyncDisposable
{
    private const string Cookie = "relance-demo";
    private const int FirstPort = 8080;
    private const int Ports = 50;

    private readonly DemoReport _report;
    private readonly IReadOnlyList<CaughtMail> _mails;
    private readonly string _session = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly WebApplication _app;
    private string? _token = RandomNumberGenerator.GetHexString(32, lowercase: true);

    private DemoPage(DemoReport report, IReadOnlyList<CaughtMail> mails, int port)
    {
        (_report, _mails) = (report, mails);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, port));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        Link = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/open/{_token}"));
    }

    /// <summary>Opens the page, once.</summary>
    public Uri Link { get; }

    /// <summary>Serves the page on port 8080, or the next free one.</summary>
    /// <exception cref="IOException">None of fifty ports is free.</exception>
    public static async Task<DemoPage> StartAsync(DemoReport report, IReadOnlyList<CaughtMail> mails, CancellationToken ct)
    {
        for (var port = FirstPort; ; port++)
        {
            var page = new DemoPage(report, mails, port);
            try
            {
                await page._app.StartAsync(ct);
                return page;
            }
            catch (IOException) when (port < FirstPort + Ports)
            {
                await page.DisposeAsync();
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(System.Net.IPAddress.Loopback, port);
    }

    private Task AnswerAsync(HttpContext http)
    {
        // Nothing but its own style may load: a caught mail is shown, never run. Images are inside the page.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-store";
        var path = (http.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path is ["open", var token])
            return OpenAsync(http, token);
        return Same(http.Request.Cookies[Cookie], _session) && Content(path) is { } html ? HtmlAsync(http, html) : StatusAsync(http);
    }

    // A link that was used, or seen in a history, opens nothing.
    private Task OpenAsync(HttpContext http, string token)
    {
        if (Volatile.Read(ref _token) is not { } expected || !Same(token, expected) || Interlocked.CompareExchange(ref _token, null, expected) != expected)
            return StatusAsync(http);
        http.Response.Cookies.Append(Cookie, _session, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/" });
        http.Response.Redirect("/");
        return Task.CompletedTask;
    }

    private string? Content(string[] path) => path switch
    {
        [] => ContractsView.Render(_report, _mails),
        ["mails"] => MailsView.List(_mails),
        ["mails", var number, .. var view] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= _mails.Count => MailsView.One(_mails[n - 1], n, view),
        _ => null,
    };

    private Task StatusAsync(HttpContext http)
    {
        http.Response.StatusCode = Same(http.Request.Cookies[Cookie], _session) ? StatusCodes.Status404NotFound : StatusCodes.Status401Unauthorized;
        return http.Response.WriteAsync(http.Response.StatusCode == StatusCodes.Status404NotFound ? "There is no such page." : "Open the link that the demo printed; it works once.");
    }

    private static Task HtmlAsync(HttpContext http, string html)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(html);
    }

    private static bool Same(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
