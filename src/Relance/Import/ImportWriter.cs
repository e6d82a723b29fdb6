using Relance.Agency;
using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.Storage;

namespace Relance.Import;

/// <summary>What became of a row.</summary>
internal enum RowOutcome
{
    Made,
    Changed,
    Unchanged,
    FromShop,
}

/// <summary>A row that reads well and cannot be applied; nothing of it was written.</summary>
internal sealed class RowRefusedException(ImportColumn column, string expected) : Exception($"{column.Name()}: {expected}")
{
    public ImportColumn Column { get; } = column;

    public string Expected { get; } = expected;
}

/// <summary>Brings one contract in line with its row. The reference is the key: a repeat changes nothing.</summary>
/// <param name="write">False only says what would happen.</param>
internal sealed class ImportWriter(BillingContext context, Actor actor, bool write)
{
    /// <summary>Applies a row.</summary>
    /// <exception cref="RowRefusedException">It contradicts what is known; nothing was written.</exception>
    public async Task<RowOutcome> ApplyAsync(ImportedContract row)
    {
        await ImportedClients.RefuseErasedAsync(context, row);
        if (await ContractStore.LockAsync(context.Session, context.Shop.Id, ContractStore.Import, row.Reference) is { } known)
            return known.State.ImportedRow == row.Fingerprint ? RowOutcome.Unchanged : await ChangeAsync(known, row);
        if (await IsFromShopAsync(row.Reference))
            return RowOutcome.FromShop;
        if (write)
            await MakeAsync(row);
        return RowOutcome.Made;
    }

    // The references under which mails name contracts that the shop's own orders and subscriptions opened.
    private async Task<bool> IsFromShopAsync(string reference)
    {
        var (source, key) = reference.Split('-') switch
        {
            ["ABO", var subscription] => (ContractStore.Subscriptions, subscription),
            ["CM", var id] => (ContractStore.Plugin, id),
            ["CMD", var order] => (ContractStore.ProductRule, $"{order}:%:1"),
            ["CMD", var order, var n] => (ContractStore.ProductRule, $"{order}:%:{n}"),
            _ => ("", ""),
        };
        return source.Length > 0 && await context.Session.ValueAsync<long>(
            "SELECT COUNT(*) FROM contract WHERE shop_id = @Id AND source = @source AND external_key LIKE @key", new { context.Shop.Id, source, key }) > 0;
    }

    private async Task MakeAsync(ImportedContract row)
    {
        var (clientId, _) = await ImportedClients.UpsertAsync(context, row, write: true);
        var state = ImportedStates.New(row, context.Today);
        var contract = new StoredContract(Values.NewId(), context.Shop.Id, ContractStore.Import, row.Reference, clientId!, state, "", context.Now);
        await ContractStore.InsertAsync(context.Session, contract);
        if (row.Status == ImportedStatus.Open)
            await OrderBilling.OpenedAsync(context, contract);
        else
            await Renewals.SaveAsync(context, contract);
        await JournalAsync(contract, "imported");
    }

    private async Task<RowOutcome> ChangeAsync(StoredContract known, ImportedContract row)
    {
        var term = new ImportedTermChange(known.State, row);
        if (!write)
            return RowOutcome.Changed;
        var (clientId, _) = await ImportedClients.UpsertAsync(context, row, write: true);
        var changed = await DescribeAsync(known with { ClientId = clientId! }, row, known.ClientId != clientId);
        await term.ApplyAsync(context, changed);
        if (row.Status != ImportedStatus.Open && changed.State.CanRenew)
            await Renewals.CloseAsync(context, changed, row.Status == ImportedStatus.Declined ? CycleState.Declined : CycleState.Ended, row.Status == ImportedStatus.Declined ? SkipReason.Declined : SkipReason.Ended);
        await JournalAsync(known, "import-changed");
        return RowOutcome.Changed;
    }

    private async Task<StoredContract> DescribeAsync(StoredContract contract, ImportedContract row, bool moved)
    {
        var before = contract.State;
        var state = ImportedStates.Described(before, row);
        if (state.Kind != before.Kind || state.Months != before.Months)
            state = state with { NoticeDueOn = context.SequenceOf(state, row.Kind).NoticeDueOn(state.TermEnd, context.Calendar) };
        if (state.Amount != before.Amount && state.RenewalOrderId is { } order)
        {
            await TaskStore.OpenAsync(context, "price-changed", contract.Id, $"The price was changed by an import while order {before.RenewalOrderNumber} is open: correct the order. Reminders wait.", $"price-changed:{contract.Id}:{order}");
            state = state.Held($"price-changed:{contract.Id}:{order}");
        }

        if (moved)
            await TaskStore.CloseAsync(context, $"{SkipReason.NoAddress.Code()}:{contract.ClientId}");
        await CycleStore.ReplanAsync(context, contract.Id, "import-changed");
        return await Renewals.SaveAsync(context, contract with { State = state });
    }

    private Task JournalAsync(StoredContract contract, string what) => JournalWriter.AppendAsync(
        context.Session, context.Shop.Id, context.Now, what, contract.Id, JournalEntry.Of(("by", actor), ("key", contract.ExternalKey)));
}
