using System.Globalization;
using Relance.Domain.Billing;
using Relance.Domain.Law;

namespace Relance.Legal;

/// <summary>A question about an unpaid invoice, as text.</summary>
/// <param name="Paid">The last day counted.</param>
/// <param name="Rate"><c>default</c>, <c>legal-x3</c> or percent a year.</param>
/// <param name="Payments">Partial payments, each <c>day:euros</c>.</param>
/// <param name="Credits">Credit notes, each <c>day:euros</c>.</param>
internal sealed record LateQuestion(
    string? Client, string? Principal, string? Due, string? Paid, string? Rate = null, string? FormalNotice = null, IReadOnlyList<string>? Payments = null, IReadOnlyList<string>? Credits = null)
{
    /// <summary>The claim.</summary>
    /// <exception cref="Agency.RefusedException">A field is wrong, or would change nothing for this kind of client.</exception>
    public LateClaim ToClaim()
    {
        var (kind, until) = (LawText.Client("client", Client), LawText.Day("paid", Paid));
        var claim = new LateClaim(kind, LawText.Amount("principal", Principal), LawText.Day("due", Due), until)
        {
            Rate = LawText.Rate("rate", Rate),
            FormalNotice = LawText.OptionalDay("formalNotice", FormalNotice),
            Payments = Amounts("payment", Payments, until),
            Credits = Amounts("credit", Credits, until),
        };
        // What the law does not look at is not taken in silence: its giver expects it to count.
        if (kind != ClientKind.Business && claim.Rate is not PenaltyRate.Default)
            throw LawText.Expected("rate", "it for a business only: others pay the rate of the law");
        if (kind is ClientKind.Business or ClientKind.PublicBody && claim.FormalNotice is not null)
            throw LawText.Expected("formalNotice", "it for consumers, non-professionals and unknown only: the interest of others runs from the due date");
        return claim;
    }

    private static DatedAmount[] Amounts(string field, IReadOnlyList<string>? texts, DateOnly until)
    {
        DatedAmount[] amounts = [.. (texts ?? []).Select(text => LawText.Dated(field, text))];
        return Array.Exists(amounts, amount => amount.On > until)
            ? throw LawText.Expected(field, string.Create(CultureInfo.InvariantCulture, $"days up to the last one counted, {until:yyyy-MM-dd}"))
            : amounts;
    }
}
