using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Operations;

namespace Relance.Bounces;

/// <summary>Where a mail server posts what came back: <c>POST /inbound/mail</c>, the mail as its body.</summary>
internal static class InboundEndpoint
{
    private const string Recipient = "X-Original-To";

    public static IEndpointConventionBuilder MapInbound(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/inbound/mail", ReceiveAsync).WithName("inbound-mail").AllowAnonymous();

    private static async Task<Results<Accepted, UnauthorizedHttpResult, ProblemHttpResult>> ReceiveAsync(HttpRequest request, InboundMail inbound, RelanceSettings settings)
    {
        if (settings.Bounces.InboundSecret is not { } secret)
            return TypedResults.Problem("Relance:Bounces:InboundSecret is not set: expected one before mails are taken.", statusCode: StatusCodes.Status403Forbidden);
        if (!Shows(request.Headers.Authorization.ToString(), secret))
            return TypedResults.Unauthorized();
        if (await BodyAsync(request) is not { Length: > 0 } mail)
            return TypedResults.Problem($"body: expected a mail of 1 to {InboundMail.Longest} bytes.", statusCode: StatusCodes.Status400BadRequest);
        // Not cancelled when the mail server hangs up: what it gave away, it forgets.
        await inbound.TakeAsync(mail, request.Headers[Recipient], CancellationToken.None);
        return TypedResults.Accepted((string?)null);
    }

    /// <summary><c>Bearer secret</c>, or <c>Basic</c> with the secret as password and any user: whatever the mail server can send.</summary>
    internal static bool Shows(string authorization, string secret)
    {
        var given = authorization.Split(' ', 2, StringSplitOptions.TrimEntries) switch
        {
            [var scheme, var token] when scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) => token,
            [var scheme, var pair] when scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) => Password(pair),
            _ => "",
        };
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
    }

    private static string Password(string pair)
    {
        var bytes = new byte[pair.Length];
        return Convert.TryFromBase64String(pair, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password] ? password : "";
    }

    // Null: too long.
    private static async Task<byte[]?> BodyAsync(HttpRequest request)
    {
        if (request.ContentLength > InboundMail.Longest)
            return null;
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0;)
        {
            if (body.Length + read > InboundMail.Longest)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
