using System.Globalization;
using Relance.Billing;
using Relance.Shops;

namespace Relance.Agency;

public sealed partial class ContractActions
{
    /// <summary>The open order's price is right: it becomes the contract's, and reminders go on.</summary>
    /// <exception cref="RefusedException">No such contract, or its price waits for nobody.</exception>
    public Task ApprovePriceAsync(string id, Actor actor, CancellationToken ct) => _desk.OnContractAsync(
        id,
        async (context, contract) =>
        {
            var key = contract.State.HeldBy;
            if (key?.StartsWith("price-changed:", StringComparison.Ordinal) != true || contract.State.RenewalOrderId is not { } order
                || await InvoiceStore.FindAsync(context.Session, context.Shop.Id, order) is not { } invoice)
                throw RefusedException.Conflict("contract", "one whose open order comes to another price");
            var before = contract.State.Price;
            var saved = await Renewals.SaveAsync(context, contract with { State = contract.State.Released(key) with { Amount = invoice.Total } });
            await AgencyTasks.AnsweredAsync(context, key, TaskOutcomes.Approved, null, actor);
            await CycleStore.WakeAsync(context, id);
            await AgencyDesk.JournalAsync(context, "price-approved", id, actor, null, ("from", before), ("to", saved.State.Price));
        },
        ct);

    /// <summary>Says which contract a purchase renews; the others go on.</summary>
    /// <param name="taskId">A task of the kind <c>which-contract</c>.</param>
    /// <param name="contractId">One of those that wait for the answer; null: none of them.</param>
    /// <exception cref="RefusedException">No such task or contract, or the shop does not answer.</exception>
    public async Task AnswerAsync(string taskId, string? contractId, Actor actor, CancellationToken ct)
    {
        var (task, shop) = await QuestionAsync(taskId, ct);
        var order = contractId is null ? null : await OrderAsync(shop, long.Parse(task.SubjectId, CultureInfo.InvariantCulture), ct);
        await _desk.Database.WriteAsync(
            async session =>
            {
                var context = _desk.Context(session, shop);
                var waiting = await WaitingAsync(context, task);
                if (contractId is not null && !waiting.Contains(contractId))
                    throw RefusedException.Invalid("contract", $"one of {string.Join(", ", waiting)}");
                foreach (var id in waiting)
                    await ReleaseAsync(context, id, task.DedupKey, id == contractId ? order : null);
                await AgencyTasks.AnsweredAsync(context, task.DedupKey, contractId is null ? TaskOutcomes.None : TaskOutcomes.Done, null, actor);
                await AgencyDesk.JournalAsync(context, "purchase-assigned", contractId ?? task.SubjectId, actor, null, ("order", task.SubjectId), ("contract", contractId));
            },
            ct);
    }

    /// <summary>What made a contract wait was a mistake: it goes on.</summary>
    internal Task GoOnAsync(string id, string heldBy, Actor actor, CancellationToken ct) => _desk.OnContractAsync(
        id,
        async (context, contract) =>
        {
            await ReleaseAsync(context, id, heldBy, null);
            await AgencyDesk.JournalAsync(context, "goes-on", contract.Id, actor, null);
        },
        ct);

    private static async Task ReleaseAsync(BillingContext context, string id, string key, ShopOrder? order)
    {
        var contract = (await ContractStore.LockAsync(context.Session, id))!;
        contract = await Renewals.SaveAsync(context, contract with { State = contract.State.Released(key) });
        await CycleStore.WakeAsync(context, id);
        if (order is not null)
            await RenewalBilling.ApplyAsync(context, order, contract, null, contract.State.TermNo + 1, null);
    }

    private Task<(AgencyTask Task, LinkedShop Shop)> QuestionAsync(string taskId, CancellationToken ct) => _desk.Database.ReadAsync(
        async session =>
        {
            var task = await AgencyTask.FindAsync(session, taskId);
            if (task is not { Kind: "which-contract", State: "open" })
                throw RefusedException.Conflict("task", "an open one that asks which contract a purchase renews");
            return (task, (await LinkedShop.FindAsync(session, task.ShopId!))!);
        },
        ct);

    // Those of the buyer that this question holds, in the order in which everybody locks contracts.
    private static async Task<IReadOnlyList<string>> WaitingAsync(BillingContext context, AgencyTask task)
    {
        var client = await context.Session.ValueAsync<string>("SELECT client_id FROM invoice WHERE shop_id = @Id AND external_id = @SubjectId", new { context.Shop.Id, task.SubjectId });
        return client is null ? [] : [.. (await ContractStore.OfClientAsync(context.Session, client)).Where(c => c.State.HeldBy == task.DedupKey).Select(c => c.Id)];
    }

    private async Task<ShopOrder> OrderAsync(LinkedShop shop, long orderId, CancellationToken ct)
    {
        try
        {
            return await _connector.Connect(shop).OrdersAsync([orderId], ct) is [var order] ? order : throw RefusedException.Conflict("task", "an order that is still in the shop");
        }
        catch (ShopException silent)
        {
            throw RefusedException.Conflict("shop", $"an answer of the shop: {silent.Message}");
        }
    }
}
