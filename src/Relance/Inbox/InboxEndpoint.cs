using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Operations;
using Relance.Operations.Observing;
using Relance.Shops.WooCommerce;

namespace Relance.Inbox;

/// <summary>Where shops post their webhooks: verify, store, answer; nothing else happens in the request.</summary>
internal static class InboxEndpoint
{
    /// <summary>The path that webhooks are delivered to, before the shop's id.</summary>
    public const string Path = "webhooks/woocommerce/";

    /// <summary>Bytes of a delivery, at most: a recorded order has 3 kB, a hundred lines make 60 kB.</summary>
    public const int LongestBody = 1024 * 1024;

    private const string Signature = "X-WC-Webhook-Signature";
    private const string Topic = "X-WC-Webhook-Topic";
    private const string Source = "X-WC-Webhook-Source";

    /// <summary>Registers what <see cref="MapInbox"/> needs besides the database, the secrets and the clocks.</summary>
    public static IServiceCollection AddInbox(this IServiceCollection services) => services.AddSingleton<InboxGate>().AddSingleton<InboxIntake>();

    /// <summary>Maps <c>POST /webhooks/woocommerce/{shopId}</c>.</summary>
    public static IEndpointConventionBuilder MapInbox(this IEndpointRouteBuilder routes) =>
        routes.MapPost($"/{Path}{{shopId}}", ReceiveAsync).WithName("webhook").AllowAnonymous().AddEndpointFilter(CountAsync);

    private static async Task<Results<Ok, UnauthorizedHttpResult, ProblemHttpResult>> ReceiveAsync(
        string shopId, HttpRequest request, InboxGate gate, InboxIntake intake, Clocks clocks)
    {
        var ct = request.HttpContext.RequestAborted;
        if (await BodyAsync(request, LongestBody, ct) is not { } body)
            return TypedResults.Problem($"body: expected at most {LongestBody} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge);
        if (IsPing(request, body))
            return TypedResults.Ok();
        if (await gate.AdmitAsync(shopId, body, request.Headers[Signature], ct) is not { } linked)
            return TypedResults.Unauthorized();
        if (request.Headers[Topic] is not [{ Length: > 0 and <= 200 } topic])
            return TypedResults.Problem($"{Topic}: expected one topic such as order.updated.", statusCode: StatusCodes.Status400BadRequest);
        // Not cancelled when the shop hangs up: it counts that as a failure, and never sends the delivery again.
        await intake.StoreAsync(InboxStore.Read(shopId, topic, body, clocks.Real, Copies.Other(linked, request.Headers[Source])));
        return TypedResults.Ok();
    }

    private static async ValueTask<object?> CountAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var outcome = (answer as INestedHttpResult)?.Result switch { Ok => "accepted", UnauthorizedHttpResult => "refused", ProblemHttpResult { StatusCode: StatusCodes.Status413PayloadTooLarge } => "too-large", _ => "invalid" };
        Telemetry.Deliveries.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        return answer;
    }

    // WooCommerce posts an unsigned form without any X-WC header when a webhook is made or its address changes.
    private static bool IsPing(HttpRequest request, byte[] body) =>
        WebhookBody.IsPing(body, out _) && !request.Headers.Keys.Any(name => name.StartsWith("X-WC-", StringComparison.OrdinalIgnoreCase));

    /// <summary>The bytes of a request; null when there are too many.</summary>
    internal static async Task<byte[]?> BodyAsync(HttpRequest request, int longest, CancellationToken ct)
    {
        if (request.ContentLength > longest)
            return null;
        if (request.ContentLength is { } length)
        {
            var whole = new byte[length];
            await request.Body.ReadExactlyAsync(whole, ct);
            return whole;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            if (body.Length + read > longest)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
