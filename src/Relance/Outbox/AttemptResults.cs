using Relance.Billing;
using Relance.Channels;
using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.Operations;
using Relance.Operations.Observing;
using Relance.Reminders;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Outbox;

/// <summary>An attempt that has ended.</summary>
/// <param name="ContentHash">Of the bytes that were accepted; empty when none could be written.</param>
internal sealed record AttemptResult(LinkedShop Shop, Letter Letter, string ContentHash, SendResult Result);

/// <summary>Writes how attempts ended: message, reminders, contract, journal and post-back in one transaction, which those that end at the same time share.</summary>
public sealed class AttemptResults : IAsyncDisposable
{
    private const int MostTogether = 64;
    private static readonly TimeSpan[] BackOff = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)];

    private readonly Attempts _attempts;
    private readonly Clocks _clocks;
    private readonly StepEffects _effects;
    private readonly Together<AttemptResult, bool> _writing;

    /// <summary>Of this process, which holds the leases.</summary>
    public AttemptResults(Database database, RelanceSettings settings, Clocks clocks, Attempts attempts, StepEffects effects)
    {
        (_attempts, _clocks, _effects) = (attempts, clocks, effects);
        _writing = new(MostTogether, results => database.WriteAsync(async session =>
        {
            foreach (var shop in results.GroupBy(result => result.Shop.Id))
                await WriteAsync(new BillingContext(session, shop.First().Shop, settings, clocks.Now), [.. shop]);
            return (IReadOnlyList<bool>)[.. results.Select(_ => true)];
        }));
    }

    /// <summary>Writes one, whatever stops meanwhile. Nothing is written when the lease was lost.</summary>
    internal Task WriteAsync(AttemptResult result) => _writing.DoAsync(result);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _writing.DisposeAsync();

    private async Task WriteAsync(BillingContext context, IReadOnlyList<AttemptResult> results)
    {
        await AcceptedAsync(context, [.. results.Where(r => r.Result.Outcome == SendOutcome.Accepted)]);
        foreach (var (_, letter, _, result) in results.Where(r => r.Result.Outcome != SendOutcome.Accepted))
        {
            await (result.Outcome switch
            {
                SendOutcome.Refused => RefusedAsync(context, letter, result),
                SendOutcome.Unknown => UnknownAsync(context, letter, result),
                _ => DeferredAsync(context, letter, result),
            });
        }
    }

    // Contracts first, in the order of their ids, and the journal last: the order in which the planner takes them as well.
    private async Task AcceptedAsync(BillingContext context, IReadOnlyList<AttemptResult> results)
    {
        if (results.Count == 0)
            return;
        await ContractStore.LockAsync(context.Session, results.SelectMany(r => r.Letter.Items).Select(item => item.Contract.Id).Distinct(StringComparer.Ordinal));
        var mine = await _attempts.FinishAsync(context.Session, [.. results.Select(r => new AttemptEnd(r.Letter.Message, r.Result, "sent"))]);
        var sent = results.Where((_, i) => mine[i]).ToList();
        // Also when a payment crossed it: what left has been said.
        await MarkAsync(context, sent.SelectMany(r => r.Letter.Items), "sent", null);
        await _effects.ApplyAsync(context, [.. sent.SelectMany(r => r.Letter.Items.Select(item => new SaidStep(r.Letter.Message.Id, r.Letter.Message.Mode, item.Step, item.Cycle.Id, item.Contract.Id)))]);
        foreach (var notice in sent.Where(r => r.Letter.Message is { Class: "legal", Mode: "live" } && context.Settings.Bounces.ReturnPath is null))
            await Bounces.BounceTasks.BlindAsync(context, notice.Letter.Message.Id);
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, [.. sent.Select(r => Entry("sent", r.Letter, r.Result, r.ContentHash))]);
    }

    private async Task RefusedAsync(BillingContext context, Letter letter, SendResult result)
    {
        if (!await FinishAsync(context, letter, result, "failed", null))
            return;
        await JournalAsync(context, letter, "refused", result);
        if (IsAboutAddress(result))
        {
            await context.Session.ExecuteAsync("UPDATE recipient SET refused_at = @Now, refused_answer = @Answer WHERE id = @RecipientId", new { Now = context.Now.Millis(), result.Answer, letter.Message.RecipientId });
        }

        await TaskStore.OpenAsync(context, "refused-mail", letter.Message.Id, $"The mail server refused this message: {result.Answer}");
        if (letter.Message.Class is "legal" or "formal")
            await Bounces.BounceTasks.LetterAsync(context, letter.Message.Id, letter.Message.Class, result.Status);
        await MarkAsync(context, letter.Items, "failed", IsAboutAddress(result) ? SkipReason.AddressRefused.Code() : "refused");
        await CycleStore.WakeAsync(context, [.. letter.Items.Select(item => item.Contract.Id)]);
    }

    private async Task DeferredAsync(BillingContext context, Letter letter, SendResult result)
    {
        if (!await FinishAsync(context, letter, result, "due", await RetryAtAsync(context.Session, letter.Message)))
            return;
        await JournalAsync(context, letter, result.Outcome.ToString().ToLowerInvariant(), result);
        if (result.Outcome == SendOutcome.Misconfigured)
            await TaskStore.OpenAsync(context, "mail-server", context.Shop.Id, $"The mail server refuses our set-up: {result.Answer}", $"mail-server:{context.Today.Text()}");
    }

    private async Task UnknownAsync(BillingContext context, Letter letter, SendResult result)
    {
        if (await FinishAsync(context, letter, result, "due", await RetryAtAsync(context.Session, letter.Message)))
            await Outcomes.UnknownAsync(context, letter.Message, result.Answer);
    }

    private async Task<bool> FinishAsync(BillingContext context, Letter letter, SendResult result, string state, DateTimeOffset? retryAt) =>
        (await _attempts.FinishAsync(context.Session, [new AttemptEnd(letter.Message, result, state, retryAt)]))[0];

    private async Task<DateTimeOffset> RetryAtAsync(Session session, MessageRow message)
    {
        var tries = await session.ValueAsync<long>("SELECT COUNT(*) FROM attempt WHERE message_id = @Id", new { message.Id });
        return _clocks.Real + BackOff[Math.Min((int)Math.Max(tries, 1), BackOff.Length) - 1];
    }

    private static Task MarkAsync(BillingContext context, IEnumerable<LetterItem> items, string state, string? reason)
    {
        var rows = items.Select(item => new { State = state, Reason = reason, Today = context.Today.Text(), item.ReminderId, item.Step }).ToList();
        rows.ForEach(row => Telemetry.Count(row.Step, state));
        return context.Session.ExecuteManyAsync("UPDATE reminder SET state = @State, reason = @Reason, decided_on = @Today WHERE id = @ReminderId", rows);
    }

    private static Task JournalAsync(BillingContext context, Letter letter, string kind, SendResult result) =>
        JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, [Entry(kind, letter, result, null)]);

    private static JournalDraft Entry(string kind, Letter letter, SendResult result, string? contentHash) => new(
        kind, letter.Message.Id,
        JournalEntry.Of(("attempt", letter.Message.Attempt), ("mode", letter.Message.Mode), ("steps", string.Join(' ', letter.Items.Select(i => i.Step))), ("contracts", string.Join(' ', letter.Items.Select(i => i.Contract.Id))), ("tone", letter.Tone.Tone.ToString().ToLowerInvariant()), ("tone-because", letter.Tone.Because.Code()), ("answer", JournalEntry.Masked(result.Answer))), contentHash);

    // RFC 3463: 5.1.x is about the address; servers without enhanced codes say 550, 551 or 553.
    private static bool IsAboutAddress(SendResult result) => result.Status is { } status
        ? status.StartsWith("5.1.", StringComparison.Ordinal)
        : result.Answer.StartsWith("550", StringComparison.Ordinal) || result.Answer.StartsWith("551", StringComparison.Ordinal) || result.Answer.StartsWith("553", StringComparison.Ordinal);
}
