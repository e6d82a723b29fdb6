using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;

namespace Relance.Api;

/// <summary>Messages, and the mails exactly as they left.</summary>
internal static class MessageRoutes
{
    private const string Mail = "message/rfc822";

    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        var messages = api.MapGroup("/messages").WithTags("Messages");
        messages.MapGet("/", ListAsync).Is("listMessages", KeyScope.Read, "List messages", "What people get, or got: one message may carry steps of several contracts. The newest first.");
        messages.MapGet("/{id}", GetAsync).Is("getMessage", KeyScope.Read, "Show a message", "With every attempt to send it, and the servers' own words.");
        messages.MapGet("/{id}/mail", MailAsync).Produces<string>(contentType: Mail).Is("getMail", KeyScope.Read, "Download the mail",
            "The exact bytes that left (.eml), or would have left outside live. 404 before the first attempt, and once they were erased.");
    }

    private static async Task<Ok<Listing<MessageSummary>>> ListAsync(
        string? shop, string? contract, string? state, DateOnly? day, [AsParameters] PageQuery page, HttpContext http, AgencyReads reads, CancellationToken ct) =>
        http.Answer(await reads.MessagesAsync(new(shop, contract, state, day, page.After, page.Size), ct), message => message);

    private static async Task<Ok<MessageDetail>> GetAsync(string id, AgencyReads reads, CancellationToken ct) => TypedResults.Ok(await reads.MessageAsync(id, ct));

    private static async Task<FileContentHttpResult> MailAsync(string id, AgencyReads reads, CancellationToken ct) =>
        await reads.MailBytesAsync(id, ct) is { } mail
            ? TypedResults.Bytes(mail.ToArray(), Mail, $"{id}.eml")
            : throw new RefusedException(Refusal.NotFound, "id", "this message has no mail yet, or its bytes were erased");
}
