using Relance.Billing;
using Relance.Storage;

namespace Relance.Import;

/// <summary>A row that was imported before and now says another last day: a renewal, a moved date, or a contradiction.</summary>
internal sealed class ImportedTermChange
{
    private readonly DateOnly? _paid, _moved;

    /// <summary>Compares.</summary>
    /// <exception cref="RowRefusedException">A paid term would be taken back, or a closed contract would go on.</exception>
    public ImportedTermChange(ContractState state, ImportedContract row)
    {
        // The contract may have been renewed since the file was written: only a day that the file changed says something.
        if (row.Term.End == state.ImportedEnd || row.Term.End == state.TermEnd)
            return;
        if (!state.CanRenew)
            throw new RowRefusedException(ImportColumn.End, $"{state.ImportedEnd?.Text()}, since this contract is closed: reopen it first");
        if (row.Term.End < state.TermStart)
            throw new RowRefusedException(ImportColumn.End, $"{state.TermStart.Text()} or later: a paid term is not taken back by an import");
        if (row.Term.End.DayNumber - state.TermEnd.DayNumber >= SubscriptionBilling.HalfTerm(state))
            _paid = row.Term.End;
        else
            _moved = row.Term.End;
    }

    /// <summary>Applies it to the locked contract.</summary>
    public async Task ApplyAsync(BillingContext context, StoredContract contract)
    {
        if (_paid is { } paid)
            await Renewals.PaidAsync(context, contract, paid, null);
        else if (_moved is { } end)
            await Renewals.MoveAsync(context, contract, end);
    }
}
