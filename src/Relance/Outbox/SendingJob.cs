using Relance.Billing;
using Relance.Bounces;
using Relance.Channels;
using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Operations.Observing;
using Relance.Reminders;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Outbox;

/// <summary>Claims, checks at the shop, renders, sends and records. Two of them, on two machines, share the work and double nothing.</summary>
public sealed partial class SendingJob(
    Database database, RelanceSettings settings, Clocks clocks, Claims claims, ShopCheck check, LetterWriter writer, ReturnPaths returnPaths, Attempts attempts, AttemptResults results,
    IEnumerable<IChannel> channels, ILogger<SendingJob> logger) : IJobBody
{
    /// <summary>Sends what is due; the number of messages that left.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await claims.RecoverAsync(ct);
        var sent = 0;
        foreach (var shop in await database.ReadAsync(LinkedShop.WorkingAsync, ct))
            sent += await SendAsync(shop, ct);
        return sent;
    }

    private async Task<int> SendAsync(LinkedShop shop, CancellationToken ct)
    {
        // A copy of the shop under another address must not speak to the clients of the real one.
        if (shop.SiteMismatch == 1)
            return 0;
        await writer.PrepareAsync(shop, ct);
        var sent = 0;
        while (!ct.IsCancellationRequested && channels.All(channel => channel.NextAt(settings.Smtp.From) is null))
        {
            var batch = await claims.TakeAsync(shop, ct);
            if (batch.Count == 0)
                break;
            var (ready, checkedAt) = await CheckedAsync(shop, batch, ct);
            var outcomes = await SendAllAsync(shop, ready, checkedAt, ct);
            sent += outcomes.Count(o => o == SendOutcome.Accepted);
            if (ready.Count < batch.Count || outcomes.Contains(SendOutcome.Misconfigured))
                break;
        }

        return sent;
    }

    private async Task<(IReadOnlyList<MessageRow> Ready, long CheckedAt)> CheckedAsync(LinkedShop shop, IReadOnlyList<MessageRow> batch, CancellationToken ct)
    {
        var asked = batch.Where(m => m.Class != MessageRow.Confirmation).ToList();
        var checkedAt = clocks.System.GetTimestamp();
        if (asked.Count == 0 || Unchecked(shop))
            return (batch, checkedAt);
        try
        {
            // Its answer shows the shop's clock as well: a claim about dates is only as good as both.
            return ((await check.LookAsync(shop, asked, ct)).ClockDiffers ? await HoldAsync(batch, SkipReason.ClockSkew, ct) : batch, checkedAt);
        }
        catch (ShopException e)
        {
            ShopSilent(e, shop.Id);
            await database.WriteAsync(s => s.ExecuteAsync("UPDATE shop SET unreachable_since = COALESCE(unreachable_since, @Now) WHERE id = @Id", new { Now = clocks.Now.Millis(), shop.Id }), ct);
            return (await HoldAsync(batch, SkipReason.ShopUnreachable, ct), checkedAt);
        }
    }

    // Reminders wait; confirmations and legal notices go. Returns what goes.
    private async Task<IReadOnlyList<MessageRow>> HoldAsync(IReadOnlyList<MessageRow> batch, SkipReason reason, CancellationToken ct)
    {
        var waiting = batch.Where(m => m.Class is not (MessageRow.Confirmation or "legal")).ToList();
        foreach (var message in waiting)
            await claims.ReleaseAsync(message, reason.Code(), ct);
        return [.. batch.Except(waiting)];
    }

    // Only a test of the tests switches the check off: it must make them fail. A real shop is always asked.
    private bool Unchecked(LinkedShop shop) => shop.Test == 1 && !settings.Outbox.CheckBeforeSending;

    private async Task<IReadOnlyList<SendOutcome?>> SendAllAsync(LinkedShop shop, IReadOnlyList<MessageRow> batch, long checkedAt, CancellationToken ct)
    {
        var outcomes = new SendOutcome?[batch.Count];
        await Parallel.ForAsync(0, batch.Count, new ParallelOptions { MaxDegreeOfParallelism = settings.Smtp.PoolSize, CancellationToken = ct },
            async (i, token) => outcomes[i] = await SendAsync(shop, batch[i], checkedAt, token));
        return outcomes;
    }

    private async Task<SendOutcome?> SendAsync(LinkedShop shop, MessageRow message, long checkedAt, CancellationToken ct)
    {
        if (message.Class != MessageRow.Confirmation && clocks.System.GetElapsedTime(checkedAt).TotalSeconds > settings.Outbox.MaxCheckAgeSeconds)
        {
            await claims.ReleaseAsync(message, "check-too-old", ct);
            return null;
        }

        using var span = Telemetry.Span("attempt", ("shop", shop.Id), ("message", message.Id), ("class", message.Class), ("attempt", message.Attempt));
        var began = clocks.System.GetTimestamp();
        try
        {
            var outcome = await AttemptAsync(shop, message, ct);
            var code = outcome?.ToString().ToLowerInvariant() ?? "withdrawn";
            span?.SetTag("outcome", code);
            Telemetry.Attempts.Record(clocks.System.GetElapsedTime(began).TotalSeconds, new("class", message.Class), new("outcome", code));
            return outcome;
        }
        catch (LeaseLostException)
        {
            LeaseLost(message.Id);
            return null;
        }
    }

    private async Task<SendOutcome?> AttemptAsync(LinkedShop shop, MessageRow message, CancellationToken ct)
    {
        if (await database.WriteAsync(s => Letter.ReadAsync(new BillingContext(s, shop, settings, clocks.Now), message), ct) is not { } letter)
            return null;
        var (outgoing, refusal) = await ComposeAsync(shop, letter, ct);
        if (outgoing is null)
        {
            await database.WriteAsync(s => results.WriteAsync(new BillingContext(s, shop, settings, clocks.Now), letter, "", refusal!), CancellationToken.None);
            return refusal!.Outcome;
        }

        await attempts.StartAsync(message, outgoing, ct);
        var result = message.Mode == "dry" ? new SendResult(SendOutcome.Accepted, "dry run: nothing left") : await DeliverAsync(message, outgoing, ct);
        // From here on a stop of the service must not lose the result.
        await database.WriteAsync(s => results.WriteAsync(new BillingContext(s, shop, settings, clocks.Now), letter, Values.Hash(outgoing.Bytes.Span), result), CancellationToken.None);
        return result.Outcome;
    }

    private async Task<(OutgoingMessage? Outgoing, SendResult? Refusal)> ComposeAsync(LinkedShop shop, Letter letter, CancellationToken ct)
    {
        if (letter.Message.Mode == "redirect" && settings.RedirectTo is null)
            return (null, new SendResult(SendOutcome.Misconfigured, "RedirectTo is not set: expected the agency's address"));
        try
        {
            var context = new BillingContext(null!, shop, settings, clocks.Now);
            var draft = writer.Write(context, letter);
            return (ChannelOf(letter.Message).Compose(draft with { ReturnPath = await returnPaths.ForAsync(letter.Message.Id, ct) ?? draft.ReturnPath }), null);
        }
        catch (FormatException e)
        {
            return (null, new SendResult(SendOutcome.Refused, e.Message, "5.1.3"));
        }
        catch (ArgumentException e)
        {
            // One message that cannot be put into words never stops the others.
            return (null, new SendResult(SendOutcome.Refused, e.Message));
        }
    }

    private async Task<SendResult> DeliverAsync(MessageRow message, OutgoingMessage outgoing, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromMinutes(settings.Outbox.AttemptMinutes));
        return await ChannelOf(message).SendAsync(outgoing, token => attempts.HandAsync(message, token), limit.Token);
    }

    private IChannel ChannelOf(MessageRow message) => channels.First(c => c.Name == message.Channel);

    [LoggerMessage(LogLevel.Warning, "Shop {ShopId} does not answer: its reminders wait")]
    private partial void ShopSilent(Exception e, string shopId);

    [LoggerMessage(LogLevel.Warning, "The lease of message {MessageId} was lost before anything was handed over")]
    private partial void LeaseLost(string messageId);
}
