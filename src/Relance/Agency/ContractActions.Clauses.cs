using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Domain.Law;
using Relance.Domain.Reminders;
using Relance.Storage;

namespace Relance.Agency;

/// <summary>What a signed contract says about its tacit renewal; null leaves a clause as it is.</summary>
/// <param name="Notice">How long before the end a refusal must arrive: <c>P2M</c>, <c>P30D</c>.</param>
/// <param name="RenewalMonths">Months by which it renews, 1 to 120.</param>
/// <param name="Reference">The reference that the signed contract bears.</param>
/// <param name="ConcludedOnline">Concluded online (C. consom. L215-1-1).</param>
public sealed record ContractClauses(string? Notice = null, int? RenewalMonths = null, string? Reference = null, bool? ConcludedOnline = null);

public sealed partial class ContractActions
{
    private const int LongestRenewal = 120, LongestReference = 60;

    /// <summary>Records clauses of a contract: the days of its notices follow. A repeat changes nothing.</summary>
    /// <exception cref="RefusedException">No such contract, no clause, or one that cannot be.</exception>
    public Task SetClausesAsync(string id, ContractClauses clauses, Actor actor, CancellationToken ct) => _desk.OnContractAsync(
        id,
        async (context, contract) =>
        {
            var state = Changed(contract.State, clauses);
            if (state == contract.State)
                return;
            await SaveReplannedAsync(context, contract with { State = state }, "clauses-changed");
            await AgencyDesk.JournalAsync(
                context, "clauses-set", id, actor, null, ("notice", state.Notice?.ToString()), ("renewal-months", state.RenewalMonths), ("reference", state.OwnReference), ("online", state.ConcludedOnline));
        },
        ct);

    /// <summary>Keeps the legal notice of a tacit contract from going, in every term until this is taken back: the one thing besides an end that does.</summary>
    /// <exception cref="RefusedException">No such contract, or no reason.</exception>
    public Task SwitchNoticeOffAsync(string id, string reason, Actor actor, CancellationToken ct) => _desk.OnContractAsync(
        id,
        async (context, contract) =>
        {
            var words = AgencyDesk.Words("reason", reason);
            if (contract.State.NoticeOff is { } off && off.Reason == words)
                return;
            await SaveReplannedAsync(context, contract with { State = contract.State with { NoticeOff = new NoticeOff(words, actor.ToString(), context.Today) } }, SkipReason.NoticeOff.Code());
            await AgencyDesk.JournalAsync(context, "legal-notice-off", id, actor, words);
        },
        ct);

    /// <summary>Lets the legal notice go again. A repeat changes nothing.</summary>
    /// <exception cref="RefusedException">No such contract.</exception>
    public Task SwitchNoticeOnAsync(string id, Actor actor, CancellationToken ct) => _desk.OnContractAsync(
        id,
        async (context, contract) =>
        {
            if (contract.State.NoticeOff is null)
                return;
            await SaveReplannedAsync(context, contract with { State = contract.State with { NoticeOff = null } }, "legal-notice-on");
            await AgencyDesk.JournalAsync(context, "legal-notice-on", id, actor, null);
        },
        ct);

    /// <summary>The legal notice of the running term was given another way, such as by registered letter: none is mailed.</summary>
    /// <param name="on">The local day on which it left: one of the lawful ones.</param>
    /// <param name="how">How, and its number.</param>
    /// <exception cref="RefusedException">No such tacit contract, no words, or a day that is not lawful.</exception>
    public Task NoticeGivenAsync(string id, DateOnly on, string how, Actor actor, CancellationToken ct) => _desk.OnContractAsync(
        id,
        async (context, contract) =>
        {
            var (state, words) = (contract.State, AgencyDesk.Words("how", how));
            MustBeLawful(context, contract, on);
            var given = new NoticeGiven(state.TermNo, on, words, actor.ToString());
            if (given == state.NoticeGiven)
                return;
            await SaveReplannedAsync(context, contract with { State = state with { NoticeGiven = given, NoticeMissed = MissedBefore(state) } }, "legal-notice-given");
            await AgencyDesk.JournalAsync(context, "legal-notice-given", id, actor, words, ("term", state.TermNo), ("on", on.Text()));
        },
        ct);

    // The running term's notice was not missed after all; that of the term before may have been.
    private static NoticeMissed? MissedBefore(ContractState state) => state.NoticeMissed switch
    {
        { } missed when missed.TermNo != state.TermNo => missed,
        { BeforeToo: true } missed when state.Notice?.Before(state.TermStart.AddDays(-1)) is { } deadline => new(missed.TermNo - 1, deadline.AddMonths(-1), deadline, null),
        _ => null,
    };

    private static void MustBeLawful(BillingContext context, StoredContract contract, DateOnly on)
    {
        var state = contract.State;
        if (state is not { Kind: RenewalKind.Tacit, CanRenew: true })
            throw RefusedException.Conflict("contract", "an open one that renews tacitly");
        if (on > context.Today)
            throw RefusedException.Invalid("on", $"a day that has come; today is {context.Today:yyyy-MM-dd}");
        if (state.Notice is not { } notice)
            throw RefusedException.Conflict("notice", "the notice period of this contract: record it first");
        var window = NoticeWindow.For(state.TermEnd, notice, contract.ClientKind, state.TermStart);
        if (window.Blocked)
            throw RefusedException.Conflict("on", $"a contract with a lawful day; {window.Reason}");
        if (!window.Allows(on))
            throw RefusedException.Invalid("on", $"a lawful day, from {window.Earliest:yyyy-MM-dd} to {window.Latest:yyyy-MM-dd}");
        if (on > window.Deadline || on < state.TermStart)
            throw RefusedException.Invalid("on", $"a day of the term, {window.Deadline:yyyy-MM-dd} at the latest");
    }

    private static ContractState Changed(ContractState state, ContractClauses clauses)
    {
        if (clauses is { Notice: null, RenewalMonths: null, Reference: null, ConcludedOnline: null })
            throw RefusedException.Invalid("clauses", "at least one of notice, renewalMonths, reference and concludedOnline");
        var notice = clauses.Notice is null ? (NoticePeriod?)null
            : Operations.SettingsRules.Notice(clauses.Notice) ?? throw RefusedException.Invalid("notice", "months or days such as P2M or P30D, 24 months or 730 days at most");
        if (clauses.RenewalMonths is < 1 or > LongestRenewal)
            throw RefusedException.Invalid("renewalMonths", $"a number from 1 to {LongestRenewal}");
        if (clauses.Reference is { } text && (text.Trim().Length is 0 or > LongestReference || text.Any(char.IsControl)))
            throw RefusedException.Invalid("reference", $"one line of at most {LongestReference} characters");
        return state.WithNotice(notice) with
        {
            RenewalMonths = clauses.RenewalMonths ?? state.RenewalMonths,
            OwnReference = clauses.Reference?.Trim() ?? state.OwnReference,
            ConcludedOnline = clauses.ConcludedOnline ?? state.ConcludedOnline,
        };
    }

    private static async Task SaveReplannedAsync(BillingContext context, StoredContract contract, string why)
    {
        await Renewals.SaveAsync(context, contract);
        await CycleStore.ReplanAsync(context, contract.Id, why);
    }
}
