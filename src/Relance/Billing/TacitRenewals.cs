using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.Reminders;

namespace Relance.Billing;

/// <summary>A contract that nobody refused in time goes on: its next term runs, paid or not, and its order is made from that day on, never before.</summary>
internal static class TacitRenewals
{
    /// <summary>Renews a locked contract as often as its days ask for; nothing for others, or while a person has to decide about it.</summary>
    public static async Task<StoredContract> CatchUpAsync(BillingContext context, StoredContract contract)
    {
        while (contract.State is { Kind: RenewalKind.Tacit, EndedOn: null, DeclinedOn: null, Hold: null } && LegalNotices.RenewsOn(context, contract) <= context.Today)
            contract = await RenewAsync(context, contract);
        return contract;
    }

    private static async Task<StoredContract> RenewAsync(BillingContext context, StoredContract contract)
    {
        var state = contract.State;
        // What was due before the link, or about a client who disputes or is insolvent, is not asked for by a mail.
        var news = LegalNotices.RenewsOn(context, contract) >= context.BaselineOf(state);
        var told = news && (await PeopleSay.AllAsync(context))(contract).Flag is null;
        var closed = await CycleStore.CloseAsync(context, contract.Id, CycleState.Renewed, SkipReason.Renewed);
        if (state.UnpaidTerm is not null && news)
            await TaskStore.OpenAsync(context, "tacit-unpaid", contract.Id, $"The term from {state.TermStart:yyyy-MM-dd} to {state.TermEnd:yyyy-MM-dd} was never paid, and the next one runs.", $"tacit-unpaid:{contract.Id}:{state.TermNo}");
        if (LegalNotices.ImpossibleOf(state, contract.ClientKind) is { } impossible)
        {
            state = state with { NoticeMissed = impossible };
            await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "legal-notice-missed", contract.Id, impossible.ToEntry());
        }

        var open = state.UnpaidTerm is null ? state : state.WithoutOrder() with { DebitFailedOn = null };
        var hold = told ? await new MessagePlanner(context).OrderHoldAsync(contract with { State = open }) : null;
        var term = state.NextTerm;
        var next = open with { TermNo = state.TermNo + 1, TermStart = term.Start, TermEnd = term.End, Months = state.RenewalMonths ?? state.Months, UnpaidTerm = state.TermNo + 1, PaidOn = null, PaidReference = null };
        next = next with { NoticeDueOn = await CycleStore.OpenAsync(context, contract.Id, next, contract.ClientKind) };
        var saved = await Renewals.SaveAsync(context, contract with { State = next });
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "renewed-tacitly", contract.Id, JournalEntry.Of(("term", next.TermNo), ("start", term.Start.ToString("O")), ("end", term.End.ToString("O"))));
        if (told && closed is not null)
            await ConfirmationPlanner.PlanAsync(context, saved, closed, TacitSequence.Confirmation, hold, NextWindow(context));
        else if (news && !told)
            await TaskStore.OpenAsync(context, "renewed-unsaid", contract.Id, "This contract renewed tacitly while a dispute or an insolvency is noted: no confirmation and no order went out.", $"renewed-unsaid:{contract.Id}:{next.TermNo}");
        return saved;
    }

    // It answers a date, not an act of the client: nobody is written to at midnight or on a Sunday.
    private static DateTimeOffset NextWindow(BillingContext context) => context.Calendar.OpensOn(
        context.Calendar.IsOpen(context.Today) && context.Now < context.Calendar.ClosesOn(context.Today, lastDay: false)
            ? context.Today
            : context.Calendar.Move(context.Today.AddDays(1), Domain.Calendar.DateMove.Later));
}
