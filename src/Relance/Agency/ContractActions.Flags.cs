using Relance.Billing;
using Relance.Storage;

namespace Relance.Agency;

/// <summary>What stops all reminders until it is cleared.</summary>
public enum ContractFlag
{
    /// <summary>The client disputes what is asked.</summary>
    Dispute,
    /// <summary>Insolvency proceedings are open against the client (C. com., L622-21): of all its contracts.</summary>
    Insolvent,
}

public sealed partial class ContractActions
{
    /// <summary>Sets or clears a flag: a dispute on the contract, an insolvency on its client. A repeat changes nothing.</summary>
    /// <exception cref="RefusedException">No such contract, or no reason.</exception>
    public Task SetFlagAsync(string id, ContractFlag flag, bool on, string reason, Actor actor, CancellationToken ct) =>
        SetFlagAsync(id, flag, on, reason, flag == ContractFlag.Insolvent, actor, ct);

    /// <summary>Sets a flag on the contract or on its client with all contracts; clearing clears both.</summary>
    /// <exception cref="RefusedException">No such contract, or no reason.</exception>
    public Task SetFlagAsync(string id, ContractFlag flag, bool on, string reason, bool wholeClient, Actor actor, CancellationToken ct) => _desk.OnContractAsync(
        id,
        async (context, contract) =>
        {
            var words = AgencyDesk.Words("reason", reason);
            var name = flag.ToString().ToLowerInvariant();
            if (!(on ? await RaiseAsync(context, contract, name, words, wholeClient, actor) : await ClearAsync(context, contract, name, actor)))
                return;
            await AgencyDesk.JournalAsync(context, on ? "flag-set" : "flag-cleared", contract.Id, actor, words, ("flag", name), ("scope", wholeClient ? "client" : "contract"));
        },
        ct);

    private async Task<bool> RaiseAsync(BillingContext context, StoredContract contract, string flag, string words, bool wholeClient, Actor actor)
    {
        var subject = wholeClient ? contract.ClientId : contract.Id;
        var raised = await context.Session.ExecuteAsync(
            "INSERT INTO flag (id, scope, scope_id, flag, reason, who, created_at) VALUES (@Id, @Scope, @subject, @flag, @words, @Who, @Now) ON CONFLICT (scope, scope_id, flag) DO NOTHING",
            new { Id = Values.NewId(), Scope = wholeClient ? "client" : "contract", subject, flag, words, Who = actor.ToString(), Now = context.Now.Millis() });
        if (raised == 0)
            return false;
        var range = await ScopeRange.OfAsync(context.Session, wholeClient ? PauseScope.Client : PauseScope.Contract, subject);
        await range.ReplanAsync(_desk, context.Session, Code(flag));
        await TaskStore.OpenAsync(context, Code(flag), subject, words);
        return true;
    }

    private async Task<bool> ClearAsync(BillingContext context, StoredContract contract, string flag, Actor actor)
    {
        var cleared = await context.Session.ExecuteAsync(
            "DELETE FROM flag WHERE flag = @flag AND ((scope = 'contract' AND scope_id = @Id) OR (scope = 'client' AND scope_id = @ClientId))", new { flag, contract.Id, contract.ClientId });
        if (cleared == 0)
            return false;
        foreach (var subject in (string[])[contract.Id, contract.ClientId])
            await AgencyTasks.AnsweredAsync(context, $"{Code(flag)}:{subject}", TaskOutcomes.Done, null, actor);
        await (await ScopeRange.OfAsync(context.Session, PauseScope.Client, contract.ClientId)).WakeAsync(_desk, context.Session, Code(flag));
        return true;
    }

    // Skip reason and task kind are one code.
    private static string Code(string flag) => flag == "dispute" ? "disputed" : "insolvent";
}
