using Relance.Domain.Billing;

namespace Relance.Domain.Law;

/// <summary>A sum received, or credited, on a local day.</summary>
/// <param name="Amount">Euros, above zero.</param>
public sealed record DatedAmount(DateOnly On, decimal Amount);

/// <summary>An unpaid invoice, as lateness is computed on it.</summary>
/// <param name="Principal">Euros incl. VAT, as invoiced.</param>
/// <param name="Due">The due date, local.</param>
/// <param name="Until">The last day counted: the payment's, or today.</param>
public sealed record LateClaim(ClientKind Client, decimal Principal, DateOnly Due, DateOnly Until)
{
    /// <summary>The rate between businesses; others have the law's.</summary>
    public PenaltyRate Rate { get; init; } = new PenaltyRate.Default();

    /// <summary>Day of the formal notice: what interest towards consumers and non-professionals runs from.</summary>
    public DateOnly? FormalNotice { get; init; }

    /// <summary>Partial payments: set against the interest accrued that day first, then against the principal (C. civ. 1343-1).</summary>
    public IReadOnlyList<DatedAmount> Payments { get; init; } = [];

    /// <summary>Credit notes: they lower the principal.</summary>
    public IReadOnlyList<DatedAmount> Credits { get; init; } = [];

    internal LateRules Rules => LateRulesOf.Kind(Client);

    // The day after which interest runs; null: it does not run.
    internal DateOnly? RunsAfter => Rules != LateRules.Civil ? Due : FormalNotice is { } notice ? (notice > Due ? notice : Due) : null;

    /// <summary>Refuses what cannot be computed.</summary>
    /// <exception cref="ArgumentException">An amount that is not above zero, or a rate outside 0 to 100 percent; the message names it.</exception>
    internal void Check()
    {
        Above(Principal, nameof(Principal));
        foreach (var amount in Payments.Concat(Credits))
            Above(amount.Amount, $"amount of {amount.On:yyyy-MM-dd}");
        if (Rate is PenaltyRate.Contract { Percent: < 0 or > 100 } contract)
            throw new ArgumentException($"rate: expected percent a year from 0 to 100, got {contract.Percent}.");

        static void Above(decimal amount, string name)
        {
            if (amount <= 0)
                throw new ArgumentException($"{name}: expected euros above zero, got {amount}.");
        }
    }
}
