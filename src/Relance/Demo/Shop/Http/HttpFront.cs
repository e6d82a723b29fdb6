using System.Globalization;
using System.Text;

namespace Relance.Demo.Shop;

/// <summary>From HTTP to <see cref="Call"/> and from <see cref="Answer"/> to HTTP: PHP's view of the request, WordPress's headers, and the faults.</summary>
internal sealed class HttpFront(ShopCore core, RestServer rest, Faults faults, RequestLog log, TimeProvider system)
{
    private readonly Authentication _keys = new(core.State.Options);

    internal async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var path = http.Request.Path.Value ?? "/";
        var hit = faults.Hit(http.Request.Method, path, core.Now);
        foreach (var slow in hit.Where(f => f.Kind == ShopFaultKind.Slow))
        {
            await Task.Delay(slow.Delay, system, http.RequestAborted);
        }

        // A slow answer that is waited for is no failure.
        var fault = hit.FirstOrDefault(f => f.Kind != ShopFaultKind.Slow);
        if (!await FaultyAnswers.BeforeAsync(http, fault))
        {
            await AnswerAsync(http, path, body, fault?.Kind);
        }

        log.Add(new(core.Now, http.Request.Method, path, body, http.RequestAborted.IsCancellationRequested ? 0 : http.Response.StatusCode));
    }

    private async Task AnswerAsync(HttpContext http, string path, string body, ShopFaultKind? fault)
    {
        var call = Read(http, path, body);
        var answer = rest.Handle(call);
        if (answer.First is { } first)
        {
            await first();
        }

        Head(http, call, answer);
        var text = answer.Body is null ? "" : PhpJson.Write(answer.Body);
        if (fault == ShopFaultKind.DropAfter)
        {
            http.Abort();
        }
        else if (call.Method != "HEAD")
        {
            await http.Response.Body.WriteAsync(FaultyAnswers.Spoil(text, fault), http.RequestAborted);
        }
    }

    private Call Read(HttpContext http, string path, string body)
    {
        var options = core.State.Options;
        var https = http.Request.IsHttps || (options.TrustForwardedProto && http.Request.Headers["X-Forwarded-Proto"] == "https");
        var home = $"{(https ? "https" : "http")}://{http.Request.Host}";
        var clean = "/" + path.TrimStart('/');
        clean = clean.StartsWith("/index.php/", StringComparison.Ordinal) ? clean[10..] : clean;
        var header = options.StripAuthorization ? null : http.Request.Headers.Authorization.ToString();
        var query = new Query(QueryText(http, header));
        // `?rest_route=` is served but never authenticated (recorded in 314).
        var route = clean.StartsWith("/wp-json", StringComparison.Ordinal) ? clean[8..] : query.Get("rest_route") ?? "/not-rest";
        var access = _keys.Check(http.Request.Method, https, header, new(home + clean), query);
        return new(http.Request.Method, home, route.Trim('/'), query, body, access);
    }

    // OAuth parameters may also come as an Authorization header.
    private static string QueryText(HttpContext http, string? header) => header?.StartsWith("OAuth ", StringComparison.OrdinalIgnoreCase) == true
        ? http.Request.QueryString.Value + "&" + string.Join('&', header[6..].Split(',', StringSplitOptions.TrimEntries).Select(p => p.Replace("\"", "", StringComparison.Ordinal)))
        : http.Request.QueryString.Value ?? "";

    private void Head(HttpContext http, Call call, Answer answer)
    {
        var headers = http.Response.Headers;
        http.Response.StatusCode = answer.Status;
        headers.Date = core.Now.ToString("R", CultureInfo.InvariantCulture);
        headers.ContentType = "application/json; charset=UTF-8";
        headers.Connection = "close";
        headers["X-Powered-By"] = "PHP/8.2.36";
        headers["X-Robots-Tag"] = "noindex";
        if (!answer.Headers.Exists(h => h.Name == "Link"))
        {
            headers.Link = $"<{call.Home}/wp-json/>; rel=\"https://api.w.org/\"";
        }

        headers["X-Content-Type-Options"] = "nosniff";
        headers["Access-Control-Expose-Headers"] = "X-WP-Total, X-WP-TotalPages, Link";
        headers["Access-Control-Allow-Headers"] = "Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type";
        foreach (var (name, value) in answer.Headers)
        {
            headers.Append(name, value);
        }

        if (call.Access.Reads)
        {
            headers.Expires = "Wed, 11 Jan 1984 05:00:00 GMT";
            headers.CacheControl = "no-cache, must-revalidate, max-age=0, no-store, private";
        }
        else
        {
            headers.Vary = "Origin";
        }
    }
}
