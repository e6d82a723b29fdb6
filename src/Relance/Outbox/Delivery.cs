using Relance.Channels;
using Relance.Operations;
using Relance.Operations.Observing;
using Relance.Reminders;
using Relance.Shops;

namespace Relance.Outbox;

/// <summary>Hands a batch to its channel, over as many connections as are allowed, and records how each attempt ended.</summary>
public sealed partial class Delivery(RelanceSettings settings, Clocks clocks, Claims claims, Attempts attempts, AttemptResults results, IEnumerable<IChannel> channels, ILogger<Delivery> logger)
{
    /// <summary>Sends a batch; how each attempt ended. What was not begun when the service stops is given back.</summary>
    internal async Task<IReadOnlyCollection<SendOutcome>> SendAsync(LinkedShop shop, Batch batch, CancellationToken ct)
    {
        foreach (var (letter, why) in batch.Unwritable)
            await results.WriteAsync(new AttemptResult(shop, letter, "", why));
        var letters = await attempts.StartAsync(batch.Written, ct);
        var (begun, outcomes) = (new bool[letters.Count], new SendOutcome?[letters.Count]);
        try
        {
            await Parallel.ForAsync(0, letters.Count, new ParallelOptions { MaxDegreeOfParallelism = settings.Smtp.PoolSize, CancellationToken = ct }, async (i, token) =>
            {
                begun[i] = true;
                outcomes[i] = await SendAsync(shop, letters[i], batch.CheckedAt, token);
            });
        }
        finally
        {
            await claims.ReleaseAsync([.. letters.Where((_, i) => !begun[i]).Select(letter => letter.Message)], "stopped", CancellationToken.None);
        }

        return [.. batch.Unwritable.Select(letter => letter.Why.Outcome), .. outcomes.OfType<SendOutcome>()];
    }

    private async Task<SendOutcome?> SendAsync(LinkedShop shop, WrittenLetter letter, long checkedAt, CancellationToken ct)
    {
        var message = letter.Message;
        if (message.Class != MessageRow.Confirmation && clocks.System.GetElapsedTime(checkedAt).TotalSeconds > settings.Outbox.MaxCheckAgeSeconds)
        {
            await claims.ReleaseAsync([message], "check-too-old", ct);
            return null;
        }

        using var span = Telemetry.Span("attempt", ("shop", shop.Id), ("message", message.Id), ("class", message.Class), ("attempt", message.Attempt));
        var began = clocks.System.GetTimestamp();
        var outcome = await AttemptAsync(shop, letter, ct);
        var code = outcome?.ToString().ToLowerInvariant() ?? "withdrawn";
        span?.SetTag("outcome", code);
        Telemetry.Attempts.Record(clocks.System.GetElapsedTime(began).TotalSeconds, new("class", message.Class), new("outcome", code));
        return outcome;
    }

    private async Task<SendOutcome?> AttemptAsync(LinkedShop shop, WrittenLetter letter, CancellationToken ct)
    {
        try
        {
            var result = letter.Message.Mode == "dry" ? new SendResult(SendOutcome.Accepted, "dry run: nothing left") : await DeliverAsync(letter, ct);
            // From here on a stop of the service must not lose the result.
            await results.WriteAsync(new AttemptResult(shop, letter.Letter, letter.Hash, result));
            return result.Outcome;
        }
        catch (HandOverRefusedException)
        {
            Refused(letter.Message.Id);
            await claims.ReleaseAsync([letter.Message], "changed", CancellationToken.None);
            return null;
        }
    }

    private async Task<SendResult> DeliverAsync(WrittenLetter letter, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromMinutes(settings.Outbox.AttemptMinutes));
        return await channels.First(c => c.Name == letter.Message.Channel).SendAsync(letter.Outgoing, _ => attempts.HandAsync(letter.Letter), limit.Token);
    }

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} was not handed over: its lease was lost, or what it speaks of has changed")]
    private partial void Refused(string messageId);
}
