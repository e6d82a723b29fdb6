using Relance.Channels;
using Relance.Outbox;
using Relance.Reminders;

namespace Relance.Agency;

/// <summary>A mail as it would leave now.</summary>
/// <param name="To">The address it would go to.</param>
public sealed record MailPreview(string To, string Subject, string Text, string Html);

/// <summary>Puts a message that has not left into words, for whoever decides about it. Writes nothing.</summary>
public sealed class MailPreviews
{
    private readonly AgencyDesk _desk;
    private readonly LetterWriter _writer;

    internal MailPreviews(AgencyDesk desk, LetterWriter writer) => (_desk, _writer) = (desk, writer);

    /// <summary>The mail of a message.</summary>
    /// <exception cref="RefusedException">No such message, or nothing is left to say.</exception>
    public async Task<MailPreview> OfAsync(string messageId, CancellationToken ct)
    {
        var draft = await DraftAsync(messageId, ct);
        return new MailPreview(draft.To[0].Address, draft.Subject, draft.Text, draft.Html);
    }

    /// <summary>The same with its images, which the HTML names by their ids.</summary>
    /// <exception cref="RefusedException">No such message, or nothing is left to say.</exception>
    internal Task<MessageDraft> DraftAsync(string messageId, CancellationToken ct) => _desk.Database.ReadAsync(
        async session =>
        {
            var message = await session.FirstAsync<MessageRow>($"SELECT {MessageRow.Columns} FROM message WHERE id = @messageId", new { messageId }) ?? throw RefusedException.NotFound("message", messageId);
            var context = await _desk.ContextAsync(session, message.ShopId);
            await _writer.PrepareAsync(context.Shop, ct);
            var letter = await Letter.PreviewAsync(context, message) ?? throw RefusedException.Conflict("message", $"one that has something left to say; this one is {message.State}");
            return _writer.Write(context, letter);
        },
        ct);
}
