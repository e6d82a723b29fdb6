using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;
using Polly.Timeout;

namespace Relance.Shops.WooCommerce;

/// <summary>Calls one shop's REST API: addresses, credentials, retries, errors. Knows nothing of orders.</summary>
internal sealed partial class RestClient(HttpClient http, ShopLink link, ShopLimits limits, TimeProvider clock, ILogger log, Func<string>? nonce = null)
{
    private const string PlainRoot = "index.php/wp-json/";
    private static readonly ProductInfoHeaderValue s_agent = new("Relance", "1.0");
    private readonly ResiliencePipeline<RestAnswer> _repeating = RestPipeline.Create(limits, creates: false, clock);
    private readonly ResiliencePipeline<RestAnswer> _creating = RestPipeline.Create(limits, creates: true, clock);
    private readonly Func<string> _nonce = nonce ?? (() => RandomNumberGenerator.GetHexString(32, lowercase: true));
    private string _root = "wp-json/";
    private bool _otherTried;

    /// <summary>How the shop recognises us: worth remembering, since finding out costs a call.</summary>
    public ShopAuth Auth { get; private set; } = link.Url.Scheme == Uri.UriSchemeHttp ? ShopAuth.OAuth : link.Auth ?? ShopAuth.Basic;

    /// <summary>The shop's clock at its last answer; null before the first, and where the answer has no <c>Date</c>.</summary>
    public ClockReading? Clock { get; private set; }

    /// <summary>What stood in front of the JSON of the last answer that had something there; null if none had.</summary>
    public string? Warning { get; private set; }

    /// <summary>Calls and reads the answer as JSON.</summary>
    /// <exception cref="ShopException">Every failure.</exception>
    public async Task<(T Value, RestAnswer Answer)> ReadAsync<T>(RestCall call, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var answer = await SendAsync(call, ct);
        if (!RestBody.TryFind(answer.Body, out var json, out var junk))
            throw RestErrors.Unreadable(call, RestErrors.Page(answer.Body));
        if (junk is not null)
        {
            Warning = junk;
            LogJunk(link.Url, call.Path, junk);
        }
        try
        {
            return (JsonSerializer.Deserialize(json.Span, type) ?? throw RestErrors.Unreadable(call, "null instead of a value"), answer);
        }
        catch (JsonException broken)
        {
            throw RestErrors.Unreadable(call, $"{broken.Path}: {broken.Message}", broken);
        }
    }

    /// <summary>Calls; any answer but a success is an error.</summary>
    /// <exception cref="ShopException">Every failure.</exception>
    public async Task<RestAnswer> SendAsync(RestCall call, CancellationToken ct)
    {
        var answer = await TryAsync(call, Auth, _root, ct);
        if (answer.Status == HttpStatusCode.Unauthorized && RestErrors.IsAnonymous(RestErrors.Read(answer)))
            answer = await TryOtherAuthAsync(call, ct) ?? answer;
        if (answer.Status == HttpStatusCode.NotFound && RestErrors.Read(answer) is null)
            answer = await TryIndexPhpAsync(call, ct) ?? answer;
        return answer.IsSuccess ? answer : throw Scrub(RestErrors.From(call, answer, answer.RetryAfter(clock.GetUtcNow())));
    }

    // Basic was ignored: a CGI host strips the header, and an unknown key looks the same. OAuth works on the former and names the latter.
    private async Task<RestAnswer?> TryOtherAuthAsync(RestCall call, CancellationToken ct)
    {
        if (Auth == ShopAuth.OAuth || _otherTried)
            return null;
        var answer = await TryAsync(call, ShopAuth.OAuth, _root, ct);
        _otherTried = true;
        if (answer.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
            Auth = ShopAuth.OAuth;
        return answer;
    }

    // Shops without pretty permalinks serve the API under index.php; ?rest_route= would never be authenticated.
    private async Task<RestAnswer?> TryIndexPhpAsync(RestCall call, CancellationToken ct)
    {
        if (_root == PlainRoot)
            return null;
        var answer = await TryAsync(call, Auth, PlainRoot, ct);
        if (!answer.IsSuccess && RestErrors.Read(answer) is null)
            return null;
        _root = PlainRoot;
        return answer;
    }

    private async Task<RestAnswer> TryAsync(RestCall call, ShopAuth auth, string root, CancellationToken ct)
    {
        try
        {
            return await (call.Creates ? _creating : _repeating).ExecuteAsync(async inner => await OnceAsync(call, auth, root, inner), ct);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TimeoutRejectedException)
        {
            throw Scrub(RestErrors.From(call, failure, limits));
        }
    }

    private async Task<RestAnswer> OnceAsync(RestCall call, ShopAuth auth, string root, CancellationToken ct)
    {
        using var request = Request(call, auth, root);
        using var measured = new ShopCallMeasure(call, clock);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
        measured.Answered(response.StatusCode);
        // A cache on the way says how old the answer is (RFC 9111, 5.1).
        Clock = response.Headers.Date is { } date ? new(date + (response.Headers.Age ?? TimeSpan.Zero), clock.GetUtcNow()) : null;
        return new(response.StatusCode, response.Headers, await response.Content.ReadAsByteArrayAsync(ct));
    }

    // Signed anew for each try: a nonce is accepted once, a timestamp for 15 minutes.
    private HttpRequestMessage Request(RestCall call, ShopAuth auth, string root)
    {
        var url = new Uri(link.Url, root + call.Path);
        // Outside /wc/ WordPress takes Basic for an application password, and refuses it.
        var signed = call.Path.StartsWith("wc/", StringComparison.Ordinal) || call.Path.StartsWith("wc-", StringComparison.Ordinal);
        var query = signed && auth == ShopAuth.OAuth
            ? OAuth1.Sign(call.Method, url, call.Query, link.Key, link.Secret, _nonce(), clock.GetUtcNow())
            : call.Query;
        var request = new HttpRequestMessage(call.Method, query.Count > 0 ? new Uri($"{url.AbsoluteUri}?{RestCall.Join(query)}") : url);
        request.Headers.UserAgent.Add(s_agent);
        request.Headers.Accept.Add(new("application/json"));
        if (signed && auth == ShopAuth.Basic)
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{link.Key}:{link.Secret}")));
        if (call.Body is { } body)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") { CharSet = "utf-8" } } };
        return request;
    }

    // The shop writes the messages: should one ever repeat what we sent, it stops here.
    private ShopException Scrub(ShopException failure) => failure.Message.Contains(link.Secret, StringComparison.Ordinal)
        ? new(failure.Fault, failure.Message.Replace(link.Secret, "…", StringComparison.Ordinal), failure.Code, failure.Ambiguous) { RetryAfter = failure.RetryAfter }
        : failure;

    [LoggerMessage(LogLevel.Warning, "{Shop} prints something in front of its JSON ({Path}); the answer was read all the same: {Junk}")]
    private partial void LogJunk(Uri shop, string path, string junk);
}
