using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.PostBack;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>Carries out the planner's answers about cycles of one shop, in one transaction: read, decided and written together.</summary>
public sealed class CyclePlanner
{
    private readonly BillingContext _context;
    private readonly bool _onlyLegal;
    private readonly PlanWrites _writes;
    private readonly MessagePlanner _messages;

    /// <summary>Plans in a transaction.</summary>
    /// <param name="onlyLegal">Legal notices go and nothing else is decided, as while our clock and the shop's differ: what a wrong clock skips or puts off stays so.</param>
    public CyclePlanner(BillingContext context, bool onlyLegal = false)
    {
        _context = context;
        _onlyLegal = onlyLegal;
        _writes = new(context);
        _messages = new(context, _writes);
    }

    /// <summary>Asks about each cycle until the answer is to send, wait or stop.</summary>
    public async Task PlanAsync(IReadOnlyList<CycleRow> seen)
    {
        // Two services that plan one shop count its day one after the other: the ceiling holds.
        if (_context.Session.Dialect == Dialect.Postgres)
            await _context.Session.ExecuteAsync("SELECT id FROM shop WHERE id = @Id FOR NO KEY UPDATE", new { _context.Shop.Id });
        var contracts = await CaughtUpAsync(await ContractStore.LockAsync(_context.Session, seen.Select(row => row.SubjectId)));
        // The lock may have waited for billing, and a renewal closes the cycle that was seen: what was read before is not believed.
        var open = (await _context.Session.QueryAsync<CycleRow>(
            $"SELECT {CycleRow.Columns} FROM cycle WHERE kind = 'contract' AND state = 'open' AND subject_id {_context.Session.In("@ids")}", new { ids = _context.Session.List(contracts.Select(contract => contract.Id)) }))
            .ToDictionary(row => row.SubjectId, StringComparer.Ordinal);
        var views = await PlanViews.ReadAsync(_context, open.Values, contracts);
        foreach (var row in seen)
        {
            if (open.GetValueOrDefault(row.SubjectId) is { } still && views.Of(still) is { } view)
                await LookAsync(_onlyLegal ? view with { Cycle = view.Cycle with { Hold = SkipReason.ClockSkew } } : view, views);
        }

        await _writes.FlushAsync();
    }

    private async Task<IReadOnlyList<StoredContract>> CaughtUpAsync(IReadOnlyList<StoredContract> locked)
    {
        if (_onlyLegal)
            return locked;
        var contracts = new List<StoredContract>(locked.Count);
        foreach (var contract in locked)
            contracts.Add(await TacitRenewals.CatchUpAsync(_context, contract));
        return contracts;
    }

    private async Task LookAsync(PlanView view, PlanViews views)
    {
        await PlanAsync(view, views);
        if (view.Contract.State.Kind != RenewalKind.Tacit)
            return;
        await _writes.FlushAsync();
        await LegalNoticeWatch.LookAsync(_context, view, mayMiss: !_onlyLegal);
    }

    private async Task PlanAsync(PlanView view, PlanViews views)
    {
        for (var decision = PlanningJob.Decide(_context, view); ; decision = PlanningJob.Decide(_context, view))
        {
            if (_onlyLegal && decision is not Decision.Send)
                return;
            switch (decision)
            {
                case Decision.Skip skip:
                    if (!await SkipAsync(view, skip))
                        return;
                    break;
                case Decision.Send send:
                    await SendAsync(view, send, views);
                    return;
                case Decision.Wait wait:
                    await WaitAsync(view, wait);
                    return;
                case Decision.Stop stop:
                    Update(view, stop.Because.Code(), null, null, NextStandingChange(view));
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
            Update(view, SkipReason.AlreadyPlanned.Code(), skip.Step.Id, null, _context.Now.AddMinutes(1));
            return false;
        }

        if (!pending)
            _writes.Add(new DecidedStep(view.Row.Id, skip.Step.Id, skip.Step.Channel, "skipped", skip.Because.Code(), skip.Step.ValidUntil(view.Cycle.Anchor), null));
        Journal("skipped", view, skip.Step.Id, skip.Because);
        if (skip.Because is SkipReason.NoAddress or SkipReason.AddressRefused)
            await AddressTaskAsync(view, skip.Step, skip.Because);
        view.History.RemoveAll(r => r.StepId == skip.Step.Id);
        view.History.Add(new StepRecord(skip.Step.Id, StepState.Skipped, _context.Today));
        return true;
    }

    private async Task<bool> IsUnansweredAsync(PlanView view, Step step) => await _context.Session.ValueAsync<long>(
        """
        SELECT COUNT(*) FROM reminder r JOIN message m ON m.id = r.message_id
        WHERE r.cycle_id = @Id AND r.step = @Step AND r.mode = @Mode AND r.state = 'planned' AND m.state = 'held' AND m.hold = 'approval'
        """, new { view.Row.Id, Step = step.Id, _context.Shop.Mode }) > 0;

    // False while its message is on its way: the outcome decides.
    private async Task<bool> WithdrawAsync(PlanView view, Decision.Skip skip)
    {
        await _writes.FlushAsync();
        var messages = await _context.Session.QueryAsync<string>(
            """
            UPDATE reminder SET state = 'skipped', reason = @Reason, decided_on = @Today WHERE cycle_id = @Id AND step = @Step AND mode = @Mode AND state = 'planned'
            AND message_id IN (SELECT id FROM message WHERE state IN ('held', 'due', 'void', 'failed')) RETURNING message_id
            """, new { Reason = skip.Because.Code(), Today = _context.Today.Text(), view.Row.Id, Step = skip.Step.Id, _context.Shop.Mode });
        await CycleStore.VoidEmptyAsync(_context.Session, messages, skip.Because.Code());
        return messages.Count > 0;
    }

    private async Task SendAsync(PlanView view, Decision.Send send, PlanViews views)
    {
        if (send.Step.Class == StepClass.Reminder && view.Joinable is null && await _messages.CeilingReachedAsync())
        {
            await TaskStore.OpenAsync(_context, "daily-ceiling", _context.Shop.Id, $"The ceiling of {_context.Settings.DailyCeiling} reminders a day is reached: the rest goes on the next day.", $"daily-ceiling:{_context.Shop.Id}:{_context.Today.Text()}");
            Update(view, SkipReason.DailyCeiling.Code(), send.Step.Id, null, _context.Calendar.StartOf(_context.Calendar.Move(_context.Today.AddDays(1), DateMove.Later)));
            return;
        }

        var messageId = await _messages.PlaceAsync(view, send, views);
        _writes.Add(new DecidedStep(view.Row.Id, send.Step.Id, send.Step.Channel, "planned", null, send.ValidUntil, messageId));
        Journal("planned", view, send.Step.Id, null);
        Update(view, SkipReason.AlreadyPlanned.Code(), send.Step.Id, send.DueOn, _context.Calendar.StartOf(_context.Today.AddDays(1)));
    }

    private async Task WaitAsync(PlanView view, Decision.Wait wait)
    {
        if (wait.Because is SkipReason.NoAddress or SkipReason.AddressRefused)
            await AddressTaskAsync(view, wait.NextStep, wait.Because);
        // Planned, and not right any more: it is planned anew when it is.
        if (wait.Because != SkipReason.AlreadyPlanned && view.History.Exists(record => record.State == StepState.Pending))
        {
            await _writes.FlushAsync();
            await CycleStore.ForgetPlannedAsync(_context, view.Row.Id, wait.Because.Code());
        }

        var due = wait.NextStep.DueOn(view.Cycle.Anchor, _context.Calendar);
        var standing = NextStandingChange(view);
        Update(view, wait.Because.Code(), wait.NextStep.Id, due, standing is { } change && change < wait.Until ? change : wait.Until);
    }

    // The standing changes by itself on the notice's day and on J+1, when the shop is told; a legal notice is watched over on its own days.
    private DateTimeOffset? NextStandingChange(PlanView view)
    {
        var tacit = LegalNotices.TermOf(_context, view.Contract.State, view.Contract.ClientKind);
        DateOnly?[] days = [view.Contract.State.NoticeDueOn, view.Contract.State.TermEnd.AddDays(1), tacit?.RenewsOn, tacit?.Window.AlarmFrom, tacit?.NoticeUntil.AddDays(1)];
        // A renewal that is due waits for a person, or for a clock.
        if (view.Contract.State.Kind == RenewalKind.Tacit && LegalNotices.RenewsOn(_context, view.Contract) <= _context.Today)
            return _context.Calendar.StartOf(_context.Today.AddDays(1));
        return days.Where(day => day > _context.Today).Min() is { } next ? _context.Calendar.StartOf(next) : null;
    }

    private void Update(PlanView view, string waiting, string? step, DateOnly? on, DateTimeOffset? nextAt)
    {
        _writes.Cycle(view.Row.Id, waiting, step, nextAt);
        var notice = view.Sequence.NoticeDueOn(view.Cycle.Anchor, _context.Calendar);
        var contract = view.Contract with { State = view.Contract.State with { NoticeDueOn = notice } };
        var standing = contract.State.ToContract().StandingAt(_context.Today);
        if (standing.Code() != view.Contract.Standing || notice != view.Contract.State.NoticeDueOn)
            _writes.Contract(contract with { Standing = standing.Code() });
        _writes.Projection(contract, standing, step, on);
    }

    private async Task AddressTaskAsync(PlanView view, Step step, SkipReason reason)
    {
        await TaskStore.OpenAsync(_context, reason.Code(), view.Contract.ClientId, reason == SkipReason.NoAddress
            ? "This client has no e-mail address: nothing can be confirmed or reminded."
            : "A server refused this client's address: correct it in the shop, or call.");
        var last = step.ValidUntil(view.Cycle.Anchor);
        if (step.Class == StepClass.Legal && _context.Today <= last)
            await TaskStore.OpenAsync(_context, "letter", view.Contract.Id, $"The legal notice of {Outbox.LetterWriter.Reference(view.Contract)} cannot go by e-mail: send it as a registered letter by {last:yyyy-MM-dd}.", $"letter:{view.Contract.Id}:{view.Row.TermNo}");
    }

    private void Journal(string kind, PlanView view, string step, SkipReason? reason) => _writes.Add(new JournalDraft(
        kind, view.Contract.Id, JournalEntry.Of(("step", step), ("term", (int)view.Row.TermNo), ("mode", _context.Shop.Mode), ("reason", reason?.Code()))));
}
