using System.Text;
using System.Text.Json;
using Polly.Timeout;

namespace Relance.Shops.WooCommerce;

/// <summary>Says why a call failed. The shop's messages are in its own language: only the code is matched on.</summary>
internal static class RestErrors
{
    /// <summary>No such route: WooCommerce, or its Subscriptions extension, is not active.</summary>
    public const string NoRoute = "rest_no_route";

    /// <summary>The shop sends us elsewhere; redirects are never followed.</summary>
    public const string Redirect = "redirect";

    /// <summary>The name resolves into a private network.</summary>
    public const string PrivateAddress = "private_address";

    /// <summary>The shop's own error, where the body is one.</summary>
    public static WireError? Read(RestAnswer answer)
    {
        if (!RestBody.TryFind(answer.Body, out var json, out _) || json.Span[0] != '{')
            return null;
        try
        {
            return JsonSerializer.Deserialize(json.Span, WireJson.Default.WireError) is { Code.Length: > 0 } error ? error : null;
        }
        catch (JsonException)
        {
            return null; // some other object: the caller reports the status
        }
    }

    /// <summary>The shop took the call for a visitor's.</summary>
    public static bool IsAnonymous(WireError? error) => error?.Code.StartsWith("woocommerce_rest_cannot_", StringComparison.Ordinal) == true;

    /// <summary>An answer that is not a success.</summary>
    public static ShopException From(RestCall call, RestAnswer answer, TimeSpan? retryAfter)
    {
        var error = Read(answer);
        var status = (int)answer.Status;
        if (status is >= 300 and < 400)
            return new(ShopFault.Invalid, $"{call}: the shop redirects to {answer.Headers.Location?.GetLeftPartOrPath()}; link it under its final address.", Redirect);
        var says = error is null ? Page(answer.Body) : $"{error.Code}: {RestBody.Plain(error.Message ?? "")}";
        if (IsAnonymous(error))
            says += " (the key is unknown, its user has too few rights, or a proxy hides HTTPS from the shop)";
        var wait = retryAfter is { } after ? $" (to be tried again in {after.TotalSeconds:0} s)" : "";
        var maybeDone = call.Method != HttpMethod.Get && (status is >= 500 and not 501 and not 503 || status == 408);
        return new(Fault(status, error?.Code), $"{call}: {status} {says}{wait}", error?.Code, maybeDone) { RetryAfter = retryAfter };
    }

    /// <summary>No answer at all.</summary>
    public static ShopException From(RestCall call, Exception failure, ShopLimits limits)
    {
        var maybeDone = call.Method != HttpMethod.Get && !RestPipeline.NeverLeft(failure);
        return failure switch
        {
            { InnerException: PrivateAddressException closed } =>
                new(ShopFault.Invalid, $"{call}: {closed.Message} Allow private addresses for this shop if it is meant.", PrivateAddress, inner: failure),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                new(ShopFault.Unreadable, $"{call}: the answer is larger than {limits.AnswerBytes} bytes.", ambiguous: maybeDone, inner: failure),
            TimeoutRejectedException =>
                new(ShopFault.Unreachable, $"{call}: no answer in time ({limits.Try.TotalSeconds:0.###} s a try, {limits.Call.TotalSeconds:0.###} s in all).", ambiguous: maybeDone, inner: failure),
            _ => new(ShopFault.Unreachable, $"{call}: {(failure.InnerException ?? failure).Message}", ambiguous: maybeDone, inner: failure),
        };
    }

    /// <summary>A 2xx whose content cannot be used.</summary>
    public static ShopException Unreadable(RestCall call, string why, Exception? inner = null) =>
        new(ShopFault.Unreadable, $"{call}: {why}", ambiguous: call.Method != HttpMethod.Get, inner: inner);

    // Without a REST code a 404 says nothing about the resource: it is the web server's, not WordPress's.
    // A missing route says that a plugin is off, perhaps for a minute: what we look for is not gone.
    private static ShopFault Fault(int status, string? code) => status switch
    {
        401 or 403 => ShopFault.Refused,
        404 or 410 when code is null => ShopFault.Unreadable,
        404 when code == NoRoute => ShopFault.Unreachable,
        404 or 410 => ShopFault.NotFound,
        408 or 429 => ShopFault.Unreachable,
        501 => ShopFault.Invalid,
        >= 500 => ShopFault.Unreachable,
        _ => ShopFault.Invalid,
    };

    /// <summary>What a page that is not JSON says: its title, else its first words.</summary>
    public static string Page(byte[] body)
    {
        var html = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 4096)));
        var open = html.IndexOf("<title>", StringComparison.OrdinalIgnoreCase);
        var close = html.IndexOf("</title>", StringComparison.OrdinalIgnoreCase);
        var text = RestBody.Plain(open >= 0 && close > open ? html[(open + 7)..close] : html);
        return text.Length == 0 ? "an empty answer" : $"a page instead of JSON, \"{text}\"";
    }

    private static string GetLeftPartOrPath(this Uri location) =>
        location.IsAbsoluteUri ? location.GetLeftPart(UriPartial.Path) : location.OriginalString.Split('?')[0];
}
