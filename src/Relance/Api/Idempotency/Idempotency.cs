using System.Security.Cryptography;
using System.Text;
using Relance.Agency;

namespace Relance.Api;

/// <summary><c>Idempotency-Key</c> on POST (draft-ietf-httpapi-idempotency-key-header): the same key and body get the same answer for a day.</summary>
internal sealed class Idempotency(RequestDelegate next, IdempotencyStore store)
{
    /// <summary>The request header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Set to <c>true</c> on an answer that was kept.</summary>
    public const string Replayed = "Idempotency-Replayed";

    private const int LongestKey = 255;
    private const int InMemory = 64 * 1024;

    /// <summary>Answers from what was kept, or does the act and keeps its answer.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is null || KeyOf(http.Request) is not { } key)
        {
            await next(http);
            return;
        }
        var owner = http.User.KeyId();
        var fingerprint = await FingerprintAsync(http.Request);
        if (await store.ClaimAsync(owner, key, fingerprint, http.RequestAborted) is { } before)
            await AnswerAgainAsync(http, before, fingerprint);
        else
            await DoAsync(http, owner, key);
    }

    // The draft writes a quoted string; most clients send it bare.
    private static string? KeyOf(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var values))
            return null;
        var key = values is [{ } one] ? one.Trim() : "";
        if (key.Length > 1 && key[0] == '"' && key[^1] == '"')
            key = key[1..^1];
        return key.Length is >= 1 and <= LongestKey && key.All(c => c is > ' ' and <= '~')
            ? key : throw RefusedException.Invalid(Header, $"expected one key of 1 to {LongestKey} visible ASCII characters, such as a UUID");
    }

    private static async Task<string> FingerprintAsync(HttpRequest request)
    {
        request.EnableBuffering(InMemory);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path}{request.QueryString}\n{request.ContentType}\n"));
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0;)
            sha.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private async Task AnswerAgainAsync(HttpContext http, StoredAct before, string fingerprint)
    {
        if (before.Fingerprint != fingerprint)
            throw RefusedException.Invalid(Header, "expected the request that this key was first used with, or a new key");
        if (store.AnswerOf(before) is { } answer)
        {
            http.Response.Headers[Replayed] = "true";
            await WriteAsync(http.Response, answer);
            return;
        }
        if (!store.MayBeRunning(before))
            throw RefusedException.Conflict(Header, "the service stopped while it did this, and does not do it twice: look at its outcome, then use a new key");
        http.Response.Headers.RetryAfter = "2";
        throw RefusedException.Conflict(Header, "the first request under this key is still being answered");
    }

    private async Task DoAsync(HttpContext http, string owner, string key)
    {
        // Once begun it is finished, whether the client waits or not: its next try gets the answer.
        http.RequestAborted = CancellationToken.None;
        var outside = http.Response.Body;
        using var body = new MemoryStream();
        http.Response.Body = body;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = outside;
        }
        var answer = new StoredAnswer(http.Response.StatusCode, http.Response.ContentType, http.Response.Headers.Location, body.ToArray());
        if (answer.Status is StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable)
            await store.ReleaseAsync(owner, key);
        else
            await store.FinishAsync(owner, key, answer);
        await http.Response.Body.WriteAsync(answer.Body);
    }

    private static async Task WriteAsync(HttpResponse response, StoredAnswer answer)
    {
        (response.StatusCode, response.ContentType) = (answer.Status, answer.ContentType);
        if (answer.Location is { } location)
            response.Headers.Location = location;
        await response.Body.WriteAsync(answer.Body);
    }
}
