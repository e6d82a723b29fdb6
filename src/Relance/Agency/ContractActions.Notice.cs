using Relance.Billing;
using Relance.Domain.Billing;

namespace Relance.Agency;

public sealed partial class ContractActions
{
    /// <summary>Lets the suspension be shown to the administrators of the maintained site, until it is paid or this is taken back; never to visitors. A repeat changes nothing.</summary>
    /// <exception cref="RefusedException">No such contract, its clauses do not allow it, or it is not suspended.</exception>
    public Task ShowNoticeAsync(string id, Actor actor, CancellationToken ct) => _desk.OnContractAsync(
        id,
        async (context, contract) =>
        {
            if (contract.State.NoticeShown is not null)
                return;
            if (!contract.State.MayShowNotice)
                throw RefusedException.Conflict("contract", "one whose clauses allow a notice on the maintained site (level of suspension 'notice', in the plugin)");
            if (contract.State.ToContract().StandingAt(context.Today) != Standing.Suspended)
                throw RefusedException.Conflict("contract", $"one that is suspended; this one is {contract.Standing}");
            await Renewals.SaveAsync(context, contract with { State = contract.State with { NoticeShown = new NoticeShown(actor.ToString(), context.Today) } });
            await AgencyDesk.JournalAsync(context, "site-notice-shown", id, actor, null);
        },
        ct);

    /// <summary>Takes that back. A repeat changes nothing.</summary>
    /// <exception cref="RefusedException">No such contract.</exception>
    public Task HideNoticeAsync(string id, Actor actor, CancellationToken ct) => _desk.OnContractAsync(
        id,
        async (context, contract) =>
        {
            if (contract.State.NoticeShown is null)
                return;
            await Renewals.SaveAsync(context, contract with { State = contract.State with { NoticeShown = null } });
            await AgencyDesk.JournalAsync(context, "site-notice-hidden", id, actor, null);
        },
        ct);
}
