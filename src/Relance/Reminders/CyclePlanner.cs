using Relance.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.PostBack;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>Carries out the planner's answers about one cycle, in one transaction.</summary>
/// <param name="onlyLegal">Only legal notices go, as while our clock and the shop's differ.</param>
public sealed class CyclePlanner(BillingContext context, bool onlyLegal = false)
{
    private readonly MessagePlanner _messages = new(context);

    /// <summary>Asks until the answer is to send, wait or stop.</summary>
    public async Task PlanAsync(CycleRow seen)
    {
        var contract = await ContractStore.LockAsync(context.Session, seen.SubjectId);
        if (contract is not null && !onlyLegal)
            contract = await TacitRenewals.CatchUpAsync(context, contract);
        // The lock may have waited for billing, and a renewal closes the cycle that was seen: what was read before is not believed.
        var row = await context.Session.FirstAsync<CycleRow>($"SELECT {CycleRow.Columns} FROM cycle WHERE kind = 'contract' AND subject_id = @SubjectId AND state = 'open'", new { seen.SubjectId });
        if (row is null || await PlanView.ReadAsync(context, row, contract) is not { } view)
            return;
        if (onlyLegal)
            view = view with { Cycle = view.Cycle with { Hold = SkipReason.ClockSkew } };
        await DecideAsync(view);
        await LegalNoticeWatch.LookAsync(context, view);
    }

    private async Task DecideAsync(PlanView view)
    {
        for (var decision = PlanningJob.Decide(context, view); ; decision = PlanningJob.Decide(context, view))
        {
            switch (decision)
            {
                case Decision.Skip skip:
                    if (!await SkipAsync(view, skip))
                        return;
                    break;
                case Decision.Send send:
                    if (await SendAsync(view, send))
                        return;
                    view = view with { Client = view.Client with { SlotTaken = true }, Joinable = null };
                    break;
                case Decision.Wait wait:
                    await WaitAsync(view, wait);
                    return;
                case Decision.Stop stop:
                    await UpdateAsync(view, stop.Because.Code(), null, null, NextStandingChange(view));
                    return;
            }
        }
    }

    private async Task<bool> SkipAsync(PlanView view, Decision.Skip skip)
    {
        var pending = view.History.Exists(r => r.StepId == skip.Step.Id && r.State == StepState.Pending);
        if (pending && skip.Because is SkipReason.Expired or SkipReason.Superseded && await IsUnansweredAsync(view, skip.Step))
            skip = skip with { Because = SkipReason.NotApproved };
        if (pending && !await WithdrawAsync(view, skip))
        {
            await UpdateAsync(view, SkipReason.AlreadyPlanned.Code(), skip.Step.Id, null, context.Now.AddMinutes(1));
            return false;
        }

        if (!pending)
            await ReminderStore.InsertAsync(context, view.Row.Id, skip.Step.Id, skip.Step.Channel, "skipped", skip.Because.Code(), skip.Step.ValidUntil(view.Cycle.Anchor), null);
        await JournalAsync("skipped", view, skip.Step.Id, skip.Because);
        if (skip.Because is SkipReason.NoAddress or SkipReason.AddressRefused)
            await AddressTaskAsync(view, skip.Step, skip.Because);
        view.History.RemoveAll(r => r.StepId == skip.Step.Id);
        view.History.Add(new StepRecord(skip.Step.Id, StepState.Skipped, context.Today));
        return true;
    }

    private async Task<bool> IsUnansweredAsync(PlanView view, Step step) => await context.Session.ValueAsync<long>(
        """
        SELECT COUNT(*) FROM reminder r JOIN message m ON m.id = r.message_id
        WHERE r.cycle_id = @Id AND r.step = @Step AND r.mode = @Mode AND r.state = 'planned' AND m.state = 'held' AND m.hold = 'approval'
        """, new { view.Row.Id, Step = step.Id, context.Shop.Mode }) > 0;

    // False while its message is on its way: the outcome decides.
    private async Task<bool> WithdrawAsync(PlanView view, Decision.Skip skip)
    {
        var messages = await context.Session.QueryAsync<string>(
            """
            UPDATE reminder SET state = 'skipped', reason = @Reason, decided_on = @Today WHERE cycle_id = @Id AND step = @Step AND mode = @Mode AND state = 'planned'
            AND message_id IN (SELECT id FROM message WHERE state IN ('held', 'due', 'void', 'failed')) RETURNING message_id
            """, new { Reason = skip.Because.Code(), Today = context.Today.Text(), view.Row.Id, Step = skip.Step.Id, context.Shop.Mode });
        await CycleStore.VoidEmptyAsync(context.Session, messages, skip.Because.Code());
        return messages.Count > 0;
    }

    private async Task<bool> SendAsync(PlanView view, Decision.Send send)
    {
        if (send.Step.Class == StepClass.Reminder && view.Joinable is null && await _messages.CeilingReachedAsync())
        {
            await TaskStore.OpenAsync(context, "daily-ceiling", context.Shop.Id, $"The ceiling of {context.Settings.DailyCeiling} reminders a day is reached: the rest goes on the next day.", $"daily-ceiling:{context.Shop.Id}:{context.Today.Text()}");
            await UpdateAsync(view, SkipReason.DailyCeiling.Code(), send.Step.Id, null, context.Calendar.StartOf(context.Calendar.Move(context.Today.AddDays(1), DateMove.Later)));
            return true;
        }

        if (await _messages.PlaceAsync(view, send) is not { } messageId)
            return false;
        await ReminderStore.InsertAsync(context, view.Row.Id, send.Step.Id, send.Step.Channel, "planned", null, send.ValidUntil, messageId);
        await JournalAsync("planned", view, send.Step.Id, null);
        await UpdateAsync(view, SkipReason.AlreadyPlanned.Code(), send.Step.Id, send.DueOn, context.Calendar.StartOf(context.Today.AddDays(1)));
        return true;
    }

    private async Task WaitAsync(PlanView view, Decision.Wait wait)
    {
        if (wait.Because is SkipReason.NoAddress or SkipReason.AddressRefused)
            await AddressTaskAsync(view, wait.NextStep, wait.Because);
        // Planned, and not right any more: it is planned anew when it is.
        if (wait.Because != SkipReason.AlreadyPlanned)
            await CycleStore.ForgetPlannedAsync(context, view.Row.Id, wait.Because.Code());
        var due = wait.NextStep.DueOn(view.Cycle.Anchor, context.Calendar);
        var standing = NextStandingChange(view);
        await UpdateAsync(view, wait.Because.Code(), wait.NextStep.Id, due, standing is { } change && change < wait.Until ? change : wait.Until);
    }

    // The standing changes by itself on the notice's day and on J+1, when the shop is told; a legal notice is watched over on its own days.
    private DateTimeOffset? NextStandingChange(PlanView view)
    {
        var tacit = LegalNotices.TermOf(context, view.Contract.State, view.Contract.ClientKind);
        DateOnly?[] days = [view.Contract.State.NoticeDueOn, view.Contract.State.TermEnd.AddDays(1), tacit?.RenewsOn, tacit?.Window.AlarmFrom, tacit?.NoticeUntil.AddDays(1)];
        return days.Where(day => day > context.Today).Min() is { } next ? context.Calendar.StartOf(next) : null;
    }

    private async Task UpdateAsync(PlanView view, string waiting, string? step, DateOnly? on, DateTimeOffset? nextAt)
    {
        await context.Session.ExecuteAsync(
            "UPDATE cycle SET waiting = @waiting, next_step = @step, next_at = @NextAt, rev = rev + 1 WHERE id = @Id",
            new { waiting, step, NextAt = nextAt?.Millis(), view.Row.Id });
        var notice = view.Sequence.NoticeDueOn(view.Cycle.Anchor, context.Calendar);
        var contract = view.Contract with { State = view.Contract.State with { NoticeDueOn = notice } };
        var standing = contract.State.ToContract().StandingAt(context.Today);
        if (standing.Code() != view.Contract.Standing || notice != view.Contract.State.NoticeDueOn)
            await ContractStore.UpdateAsync(context.Session, contract with { Standing = standing.Code() });
        await PostBackQueue.ProjectionAsync(context, contract, standing, step, on);
    }

    private async Task AddressTaskAsync(PlanView view, Step step, SkipReason reason)
    {
        await TaskStore.OpenAsync(context, reason.Code(), view.Contract.ClientId, reason == SkipReason.NoAddress
            ? "This client has no e-mail address: nothing can be confirmed or reminded."
            : "A server refused this client's address: correct it in the shop, or call.");
        var last = step.ValidUntil(view.Cycle.Anchor);
        if (step.Class == StepClass.Legal && context.Today <= last)
            await TaskStore.OpenAsync(context, "letter", view.Contract.Id, $"The legal notice of {Outbox.LetterWriter.Reference(view.Contract)} cannot go by e-mail: send it as a registered letter by {last:yyyy-MM-dd}.", $"letter:{view.Contract.Id}:{view.Row.TermNo}");
    }

    private Task JournalAsync(string kind, PlanView view, string step, SkipReason? reason) => JournalWriter.AppendAsync(
        context.Session, context.Shop.Id, context.Now, kind, view.Contract.Id, JournalEntry.Of(("step", step), ("term", (int)view.Row.TermNo), ("mode", context.Shop.Mode), ("reason", reason?.Code())));
}
