using Relance.Billing;
using Relance.Bounces;
using Relance.Channels;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Outbox;

/// <summary>A letter that cannot be put into words or into its wire form, and why.</summary>
internal sealed record UnwritableLetter(Letter Letter, SendResult Why);

/// <summary>Puts letters into words and into their wire form, on all processors.</summary>
public sealed partial class LetterComposer(RelanceSettings settings, Clocks clocks, LetterWriter writer, ReturnPaths returnPaths, IEnumerable<IChannel> channels, ILogger<LetterComposer> logger)
{
    /// <summary>Writes letters, in their order; each is a <see cref="WrittenLetter"/> or an <see cref="UnwritableLetter"/>. One that fails for a reason of ours is left out.</summary>
    internal async Task<(IReadOnlyList<WrittenLetter> Written, IReadOnlyList<UnwritableLetter> Unwritable)> WriteAsync(LinkedShop shop, IReadOnlyList<Letter> letters, CancellationToken ct)
    {
        var (written, unwritable) = (new WrittenLetter?[letters.Count], new UnwritableLetter?[letters.Count]);
        var context = new BillingContext(null!, shop, settings, clocks.Now);
        await Parallel.ForAsync(0, letters.Count, ct, async (i, token) => (written[i], unwritable[i]) = await TryAsync(context, letters[i], token));
        return ([.. written.OfType<WrittenLetter>()], [.. unwritable.OfType<UnwritableLetter>()]);
    }

    private async Task<(WrittenLetter?, UnwritableLetter?)> TryAsync(BillingContext context, Letter letter, CancellationToken ct)
    {
        if (letter.Message.Mode == "redirect" && settings.RedirectTo is null)
            return (null, new(letter, new SendResult(SendOutcome.Misconfigured, "RedirectTo is not set: expected the agency's address")));
        try
        {
            return (await WriteAsync(context, letter, ct), null);
        }
        catch (FormatException e)
        {
            return (null, new(letter, new SendResult(SendOutcome.Refused, e.Message, "5.1.3")));
        }
        catch (ArgumentException e)
        {
            // One message that cannot be put into words never stops the others.
            return (null, new(letter, new SendResult(SendOutcome.Refused, e.Message)));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault of ours: tried again when its lease ends.
            NotWritten(e, letter.Message.Id);
            return (null, null);
        }
    }

    private async Task<WrittenLetter> WriteAsync(BillingContext context, Letter letter, CancellationToken ct)
    {
        var draft = writer.Write(context, letter);
        var outgoing = channels.First(c => c.Name == letter.Message.Channel).Compose(draft with { ReturnPath = await returnPaths.ForAsync(letter.Message.Id, ct) ?? draft.ReturnPath });
        return new WrittenLetter(letter, outgoing, Values.Hash(outgoing.Bytes.Span));
    }

    [LoggerMessage(LogLevel.Error, "The message {MessageId} could not be put into words; it is tried again when its lease ends")]
    private partial void NotWritten(Exception e, string messageId);
}
