using System.Globalization;
using Relance.Agency;
using Relance.Domain.Billing;
using Relance.Domain.Law;
using Relance.Domain.Reminders;
using Relance.Outbox;

namespace Relance.Billing;

/// <summary>What contract and law say about the notice of a contract's running term.</summary>
internal static class LegalNotices
{
    /// <summary>The running term of a tacit contract; null for others, and while the notice period is not known.</summary>
    public static TacitTerm? TermOf(BillingContext context, ContractState state, ClientKind kind) => state is { Kind: RenewalKind.Tacit, Notice: { } notice }
        ? new TacitTerm(new Term(state.TermStart, state.TermEnd), notice, kind, context.Settings.Maintenance.NoticeDays)
        : null;

    /// <summary>The window of the running term; null for contracts that do not renew tacitly, and while the notice period is not known.</summary>
    public static NoticeWindow? WindowOf(ContractState state, ClientKind kind) => state is { Kind: RenewalKind.Tacit, Notice: { } notice }
        ? NoticeWindow.For(state.TermEnd, notice, kind, state.TermStart)
        : null;

    /// <summary>What renews without a lawful notice because its term is too short for any: whoever could not inform in time is where whoever did not is
    /// (C. consom. L215-1). Null where a lawful day exists, and for clients whom the law does not protect.</summary>
    public static NoticeMissed? ImpossibleOf(ContractState state, ClientKind kind) => WindowOf(state, kind) is { Blocked: true } window && state.NoticeGiven?.TermNo != state.TermNo
        ? new NoticeMissed(state.TermNo, window.Deadline.AddMonths(-1), window.Deadline, SkipReason.NoticeImpossible.Code(), state.MayEndNow)
        : null;

    /// <summary>The client may refuse the renewal of the running term until its last day: once it is renewed they may end it at any time anyway.</summary>
    public static bool MayRefuseToTheEnd(ContractState state, ClientKind kind) => state.NoticeMissed?.TermNo == state.TermNo || ImpossibleOf(state, kind) is not null;

    /// <summary>The day from which the next term is certain; without a notice period only once the term is over.</summary>
    public static DateOnly RenewsOn(BillingContext context, StoredContract contract) =>
        TermOf(context, contract.State, contract.ClientKind)?.RenewsOn ?? contract.State.TermEnd.AddDays(1);

    /// <summary>What keeps the notice of a contract from going, besides a missing address.</summary>
    public static SkipReason? HoldOf(BillingContext context, StoredContract contract) => contract.State switch
    {
        { Kind: not RenewalKind.Tacit } => null,
        { Notice: null } => SkipReason.ClausesMissing,
        _ when TermOf(context, contract.State, contract.ClientKind) is { IsImpossible: true } => SkipReason.NoticeImpossible,
        { NoticeOff: not null } => SkipReason.NoticeOff,
        _ => null,
    };

    /// <summary>The reference that the notice prints.</summary>
    public static string Reference(string source, string key, ContractState state) => state.OwnReference ?? LetterWriter.Reference(source, key);

    /// <summary>What people see of a contract's tacit renewal; null for others.</summary>
    public static TacitView? View(BillingContext context, string source, string key, ContractState state, ClientKind kind, string locale) => state.Kind != RenewalKind.Tacit ? null : new(
        state.Notice?.ToString(), state.RenewalMonths ?? state.Months, Reference(source, key, state), state.ConcludedOnline, state.NoticeOff, state.NoticeGiven,
        state.NoticeMissed?.TermNo >= state.TermNo - 1 ? state.NoticeMissed : null, state.UnpaidTerm, TermOf(context, state, kind) is { } term ? View(context, term, locale) : null);

    /// <summary>Why the notice goes on its day, or cannot go, for people.</summary>
    public static string Because(TacitTerm term, DateOnly on, string locale)
    {
        var french = locale.StartsWith("fr", StringComparison.OrdinalIgnoreCase);
        return (term, french) switch
        {
            ({ Window.Blocked: true }, true) => $"La période du {Day(term.Term.Start)} au {Day(term.Term.End)} est trop courte pour un préavis de {term.Notice} : aucun jour n’est licite. Si elle est reconduite, le client pourra mettre fin au contrat à tout moment, sans frais. Proposez un contrat à durée indéterminée.",
            ({ Window.Blocked: true }, false) => $"The term from {Day(term.Term.Start)} to {Day(term.Term.End)} is too short for a notice of {term.Notice}: no day is lawful. Once renewed, the client may end the contract at any time, free of charge. Propose an open-ended contract.",
            ({ IsImpossible: true }, true) => $"La période du {Day(term.Term.Start)} au {Day(term.Term.End)} est trop courte pour un préavis de {term.Notice} : aucun jour n’est licite. Proposez un contrat à durée indéterminée.",
            ({ IsImpossible: true }, false) => $"The term from {Day(term.Term.Start)} to {Day(term.Term.End)} is too short for a notice of {term.Notice}: no day is lawful. Propose an open-ended contract.",
            ({ SettingIsLateBy: > 0 and var days }, true) => $"J-{term.NoticeDays} serait trop tard de {days} jour{(days > 1 ? "s" : "")} : l’information part le {Day(on)}{Within(term, french)}",
            ({ SettingIsLateBy: > 0 and var days }, false) => $"J-{term.NoticeDays} would be {days} day{(days > 1 ? "s" : "")} late: the notice goes on {Day(on)}{Within(term, french)}",
            (_, true) => $"L’information part le {Day(on)}{Within(term, french)}",
            (_, false) => $"The notice goes on {Day(on)}{Within(term, french)}",
        };
    }

    private static string Within(TacitTerm term, bool french) => (term.Window, french) switch
    {
        ({ Earliest: { } from, Latest: { } to }, true) => $" (licite du {Day(from)} au {Day(to)} ; refus possible jusqu’au {Day(term.Window.Deadline)}).",
        ({ Earliest: { } from, Latest: { } to }, false) => $" (lawful from {Day(from)} to {Day(to)}; refusal possible until {Day(term.Window.Deadline)}).",
        (_, true) => $" (le contrat fixe le préavis ; refus possible jusqu’au {Day(term.Window.Deadline)}).",
        _ => $" (the contract sets the notice; refusal possible until {Day(term.Window.Deadline)}).",
    };

    private static LegalNoticeView View(BillingContext context, TacitTerm term, string locale)
    {
        var window = term.Window;
        var notice = TacitSequence.For(term).Steps[0];
        var on = notice.DueOn(term.Term.End, context.Calendar);
        return new LegalNoticeView(
            window.Deadline, window.Covered, window.Earliest, window.Latest, window.AlarmFrom, term.IsImpossible ? null : on, Because(term, on, locale), [.. window.Articles.Select(a => a.ToString())]);
    }

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
