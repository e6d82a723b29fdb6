using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.PostBack;
using Relance.Templates;

namespace Relance.Outbox;

/// <summary>A step that a client was told.</summary>
/// <param name="Mode">Of its message: only what was said live changes a contract.</param>
internal sealed record SaidStep(string MessageId, string Mode, string Step, string CycleId, string ContractId);

/// <summary>What follows from steps that were said: standing, note, next look.</summary>
public sealed class StepEffects(MailRenderer renderer)
{
    internal async Task ApplyAsync(BillingContext context, IReadOnlyList<SaidStep> said)
    {
        var contracts = (await ContractStore.LockAsync(context.Session, said.Select(step => step.ContractId).Distinct(StringComparer.Ordinal))).ToDictionary(contract => contract.Id, StringComparer.Ordinal);
        var open = (await context.Session.QueryAsync<string>(
            $"SELECT id FROM cycle WHERE state = 'open' AND id {context.Session.In("@ids")}", new { ids = context.Session.List(said.Select(step => step.CycleId)) })).ToHashSet(StringComparer.Ordinal);
        var notes = new List<PostBackWrite>(said.Count);
        foreach (var step in said.Where(step => contracts.ContainsKey(step.ContractId)).OrderBy(step => step.ContractId, StringComparer.Ordinal))
        {
            if (step.Mode == "live" && open.Contains(step.CycleId))
                contracts[step.ContractId] = await ApplyAsync(context, step, contracts[step.ContractId]);
            if (PostBackQueue.NoteOn(contracts[step.ContractId], step.MessageId, renderer.Note(step.Step, context.Today, context.Settings.Words.Locale)) is { } note)
                notes.Add(note);
        }

        await PostBackQueue.EnqueueAsync(context, notes);
        if (contracts.Values.Where(contract => contract.State.Plugin is not null).Select(contract => contract.Id).ToList() is { Count: > 0 } shown)
            await PostBackQueue.TellPluginAsync(context.Session, shown);
        await CycleStore.WakeAsync(context, contracts.Keys);
    }

    private static Task<StoredContract> ApplyAsync(BillingContext context, SaidStep step, StoredContract contract) => step.Step switch
    {
        MaintenanceSequence.Suspension => SuspendAsync(context, contract),
        MaintenanceSequence.Ended => Renewals.CloseAsync(context, contract, CycleState.Ended, SkipReason.Ended),
        _ => Task.FromResult(contract),
    };

    private static async Task<StoredContract> SuspendAsync(BillingContext context, StoredContract contract)
    {
        var suspended = await Renewals.SaveAsync(context, contract with { State = contract.State with { SuspendedOn = context.Today } });
        if (suspended.State.SubscriptionId is not null)
            await PostBackQueue.SubscriptionStatusAsync(context, suspended, "on-hold");
        return suspended;
    }
}
