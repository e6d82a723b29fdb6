using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Domain.Law;

namespace Relance.Portal;

/// <summary>What a client can do on their page today.</summary>
public enum ChoiceKind
{
    /// <summary>Refuse the renewal: the contract ends on the last day of its term.</summary>
    Refuse,

    /// <summary>End the renewed contract today: no lawful notice was given of its renewal (C. consom. L215-1).</summary>
    EndNow,

    /// <summary>The deadline is over: only the agency can agree to an end.</summary>
    TooLate,

    /// <summary>It is declined already: it ends on the last day of its term.</summary>
    Declined,

    /// <summary>It is ended already.</summary>
    Ended,

    /// <summary>It does not renew tacitly any more: there is nothing to refuse.</summary>
    Nothing,
}

/// <summary>A choice and what follows from it. Local dates.</summary>
/// <param name="EndsOn">The day on which the contract ends, or ended.</param>
/// <param name="Deadline">D: the last day to refuse; null while the notice period is not known, and where it binds nobody any more.</param>
/// <param name="Refund">What goes back, where it ends at once.</param>
public sealed record ClientChoice(ChoiceKind Kind, DateOnly EndsOn, DateOnly? Deadline = null, EarlyEnd? Refund = null)
{
    /// <summary>Whether there is still something to decide.</summary>
    public bool IsOpen => Kind is ChoiceKind.Refuse or ChoiceKind.EndNow or ChoiceKind.TooLate;

    /// <summary>The choice on a day.</summary>
    /// <param name="paid">What was paid for the running term, in minor units.</param>
    public static ClientChoice Of(StoredContract contract, ClientPurpose purpose, DateOnly today, long paid)
    {
        var state = contract.State;
        var deadline = LegalNotices.WindowOf(state, contract.ClientKind)?.Deadline;
        return state switch
        {
            { EndedOn: { } ended } => new(ChoiceKind.Ended, ended, Refund: state.EarlyEnd),
            { DeclinedOn: not null } => new(ChoiceKind.Declined, state.TermEnd),
            { Kind: not RenewalKind.Tacit } or { Historic: true } => new(ChoiceKind.Nothing, state.TermEnd),
            _ when state.MayEndNow && (purpose == ClientPurpose.Terminate || today > deadline) => EndNow(contract, today, paid),
            // Whoever may end the renewed contract from its first day on may as well refuse it until then.
            _ when today <= (deadline ?? state.TermEnd) || LegalNotices.MayRefuseToTheEnd(state, contract.ClientKind) => new(ChoiceKind.Refuse, state.TermEnd, today <= deadline ? deadline : null),
            _ => new(ChoiceKind.TooLate, state.NextTerm.End, deadline),
        };
    }

    private static ClientChoice EndNow(StoredContract contract, DateOnly today, long paid)
    {
        var state = contract.State;
        var money = new Money(paid, state.Currency);
        var end = EarlyTermination.For(money.Major, new Term(state.TermStart, state.TermEnd), today, contract.ClientKind);
        return new(ChoiceKind.EndNow, today, null, new EarlyEnd((long)decimal.Round(end.Refund / new Money(1, state.Currency).Major, MidpointRounding.AwayFromZero), end.PayBy));
    }
}
