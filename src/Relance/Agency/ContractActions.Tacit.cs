using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Domain.Reminders;

namespace Relance.Agency;

public sealed partial class ContractActions
{
    /// <summary>A registered letter went instead of a mail that cannot reach the client; on a lawful day it counts as the legal notice.</summary>
    /// <param name="subject">A contract, or the message that did not arrive.</param>
    internal async Task LetterSentAsync(string subject, string how, Actor actor, CancellationToken ct)
    {
        foreach (var id in await _desk.Database.ReadAsync(session => session.QueryAsync<string>(
            "SELECT id FROM contract WHERE id = @subject UNION SELECT c.subject_id FROM reminder r JOIN cycle c ON c.id = r.cycle_id WHERE r.message_id = @subject AND r.step = @Step AND c.state = 'open'",
            new { subject, Step = TacitSequence.LegalNotice }), ct))
        {
            var contract = await _desk.Database.ReadAsync(session => ContractStore.FindAsync(session, id), ct);
            if (contract is { State.CanRenew: true } && LegalNotices.WindowOf(contract.State, contract.ClientKind) is { Blocked: false } window && window.Allows(_desk.Today) && _desk.Today <= window.Deadline)
                await NoticeGivenAsync(id, _desk.Today, how, actor, ct);
        }
    }

    /// <summary>A tacit contract whose last paid term ended long before the link runs on: it renews in silence up to the running term.</summary>
    internal Task RunsOnAsync(string id, Actor actor, CancellationToken ct) => _desk.OnContractAsync(
        id,
        async (context, contract) =>
        {
            if (contract.State is not { Kind: RenewalKind.Tacit, Historic: true } state)
                return;
            var open = state with { Historic = false, EndedOn = null, BaselineOn = context.Today };
            open = open with { NoticeDueOn = await CycleStore.OpenAsync(context, id, open, contract.ClientKind) };
            await Renewals.SaveAsync(context, contract with { State = open });
            await AgencyDesk.JournalAsync(context, "goes-on", id, actor, null);
        },
        ct);
}
