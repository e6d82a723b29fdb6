using Relance.Agency;
using Relance.Domain.Billing;
using Relance.Domain.Law;
using Relance.Outbox;

namespace Relance.Billing;

/// <summary>What the law says about the notice of a contract's running term.</summary>
internal static class LegalNotices
{
    /// <summary>The window of the running term; null for contracts that do not renew tacitly, and while the notice period is not known.</summary>
    public static NoticeWindow? WindowOf(ContractState state, ClientKind kind) => state is { Kind: RenewalKind.Tacit, Notice: { } notice }
        ? NoticeWindow.For(state.TermEnd, notice, kind, state.TermStart)
        : null;

    /// <summary>The reference that the notice prints.</summary>
    public static string Reference(string source, string key, ContractState state) => state.OwnReference ?? LetterWriter.Reference(source, key);

    /// <summary>What people see of a contract's tacit renewal; null for others.</summary>
    public static TacitView? View(BillingContext context, string source, string key, ContractState state, ClientKind kind) => state.Kind != RenewalKind.Tacit ? null : new(
        state.Notice?.ToString(), state.RenewalMonths ?? state.Months, Reference(source, key, state), state.ConcludedOnline, state.NoticeOff, state.NoticeGiven,
        state.NoticeMissed, state.UnpaidTerm, WindowOf(state, kind) is { } window ? View(context, window) : null);

    private static LegalNoticeView View(BillingContext context, NoticeWindow window) => new(
        window.Deadline, window.Covered, window.Earliest, window.Latest, window.AlarmFrom, window.DefaultOn(context.Calendar), window.Reason ?? "", [.. window.Articles.Select(a => a.ToString())]);
}
