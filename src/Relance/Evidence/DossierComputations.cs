using System.Globalization;
using Relance.Agency;
using Relance.Domain.Billing;
using Relance.Domain.Law;
using Relance.Legal;
using Relance.Storage;

namespace Relance.Evidence;

/// <summary>What the law computes about a contract, as of a day, with articles and working.</summary>
internal static class DossierComputations
{
    public static async Task<IReadOnlyList<DossierLaw>> AllAsync(DossierSource source, LawDesk law, DateOnly today, IReadOnlyList<DossierInvoice> invoices)
    {
        var (state, kind) = (source.Contract.State, source.Contract.ClientKind.Code());
        var all = new List<DossierLaw>();
        if (state is { Kind: RenewalKind.Tacit, Notice: { } notice })
        {
            foreach (var end in (await source.TermEndsAsync()).Append(state.TermEnd.Text()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                all.Add(Of("notice-window", end, () => law.Window(end, notice.ToString(), kind, end == state.TermEnd.Text() ? state.TermStart.Text() : null)));
        }
        // An unpaid order for a term that has not begun is an offer, not a debt.
        foreach (var late in invoices.Where(i => i is { Currency: "EUR", Status: "pending" or "on-hold" or "failed" } && i.Term <= state.TermNo && i.DueOn < today && i.Paid < i.Total))
            all.Add(Of("late-payment", late.Number, () => law.Late(new LateQuestion(kind, Euros(late.Total - late.Paid), late.DueOn!.Value.Text(), today.Text()))));
        if (state.NoticeMissed is not null && state.EndedOn is { } ended && ended >= state.TermStart && ended <= state.TermEnd && state is { Currency: "EUR", UnpaidTerm: null })
            all.Add(Of("refund", state.TermEnd.Text(), () => law.Refund(Euros(state.Amount), state.TermStart.Text(), state.TermEnd.Text(), ended.Text(), kind)));
        all.Add(Of("limitation", state.TermEnd.Text(), () => law.Expiry(kind, (state.EndedOn < state.TermEnd ? state.EndedOn.Value : state.TermEnd).Text(), null)));
        return all;
    }

    // A computation that cannot be made says so, and takes nothing else with it.
    private static DossierLaw Of(string kind, string about, Func<ILawAnswer> ask)
    {
        try
        {
            return new(kind, about, ask());
        }
        catch (Exception fault) when (fault is RateMissingException or RefusedException)
        {
            return new(kind, about, null, fault.Message);
        }
    }

    private static string Euros(long minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
