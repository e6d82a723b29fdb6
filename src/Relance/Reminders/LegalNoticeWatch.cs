using Relance.Agency;
using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Journal;

namespace Relance.Reminders;

/// <summary>Watches over the legal notice of a term: what is missing, what is late, what was missed. One task about each, closed by itself.</summary>
internal static class LegalNoticeWatch
{
    /// <summary>Looks at a cycle after the planner's answers.</summary>
    /// <param name="mayMiss">Whether today is sure enough to call a notice missed.</param>
    public static async Task LookAsync(BillingContext context, PlanView view, bool mayMiss)
    {
        var contract = view.Contract;
        if (contract.State.Kind != Domain.Billing.RenewalKind.Tacit)
            return;
        await TellAsync(context, view.Cycle.LegalHold == SkipReason.ClausesMissing, "clauses-missing", contract.Id,
            "The notice period of this tacit contract is not recorded: its legal notice cannot be computed, and does not go.", $"clauses-missing:{contract.Id}");
        if (LegalNotices.TermOf(context, contract.State, contract.ClientKind) is not { } term)
            return;
        await TellAsync(context, term.IsImpossible, "notice-impossible", contract.Id, Impossible(term), $"notice-impossible:{contract.Id}");
        if (context.Shop.Mode != "live" || term is not { IsImpossible: false, Window: { AlarmFrom: { } alarm, Latest: { } latest } window })
            return;
        var given = view.History.Exists(r => r.StepId == TacitSequence.LegalNotice && r.State == StepState.Sent);
        await TellAsync(context, !given && context.Today >= alarm && context.Today <= latest, "legal-notice-late", contract.Id,
            $"The legal notice of {Outbox.LetterWriter.Reference(contract)} has not left; it is lawful until {latest:yyyy-MM-dd}: see why, or give it by registered letter before.", $"legal-notice-late:{contract.Id}:{contract.State.TermNo}", latest);
        var inDoubt = view.History.Exists(r => r.StepId == TacitSequence.LegalNotice && r.State == StepState.Pending);
        if (mayMiss && !given && !inDoubt && context.Today > latest && latest >= context.BaselineOf(contract.State))
            await MissedAsync(context, view, new NoticeMissed(contract.State.TermNo, latest, window.Deadline, await WhyAsync(context, view)));
    }

    private static TaskSentence Impossible(TacitTerm term) => term.Window.Blocked
        ? $"The term from {term.Term.Start:yyyy-MM-dd} to {term.Term.End:yyyy-MM-dd} is too short for a notice of {term.Notice}: no day is lawful. Once renewed, the client may end the contract at any time, free of charge, and gets back what is not used."
        : $"The term from {term.Term.Start:yyyy-MM-dd} to {term.Term.End:yyyy-MM-dd} is too short for a notice of {term.Notice}: nobody could refuse in time.";

    private static async Task MissedAsync(BillingContext context, PlanView view, NoticeMissed missed)
    {
        // The planner has just written the contract's standing.
        if (await ContractStore.FindAsync(context.Session, view.Contract.Id) is not { } contract || contract.State.NoticeMissed?.TermNo == missed.TermNo)
            return;
        await ContractStore.UpdateAsync(context.Session, contract with { State = contract.State with { NoticeMissed = missed with { BeforeToo = contract.State.MayEndNow } } });
        await TaskStore.OpenAsync(context, "notice-missed", contract.Id,
            $"No lawful notice was given by {missed.Latest:yyyy-MM-dd}: from {contract.State.TermEnd.AddDays(1):yyyy-MM-dd} on the client may end the contract at any time, free of charge, and gets back what is not used.", $"notice-missed:{contract.Id}:{missed.TermNo}");
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "legal-notice-missed", contract.Id, missed.ToEntry());
    }

    private static Task<string?> WhyAsync(BillingContext context, PlanView view) => context.Session.ValueAsync<string>(
        "SELECT reason FROM reminder WHERE cycle_id = @Id AND step = @Step AND mode = @Mode ORDER BY id DESC LIMIT 1", new { view.Row.Id, Step = TacitSequence.LegalNotice, context.Shop.Mode });

    private static Task TellAsync(BillingContext context, bool open, string kind, string subject, TaskSentence about, string key, DateOnly? due = null) =>
        open ? TaskStore.OpenAsync(context, kind, subject, about, key, due) : TaskStore.CloseAsync(context, key);
}
