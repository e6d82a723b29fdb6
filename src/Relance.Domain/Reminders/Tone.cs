using Relance.Domain.Billing;

namespace Relance.Domain.Reminders;

/// <summary>How a reminder says what it says; the facts are the same in each.</summary>
public enum Tone
{
    /// <summary>For who always pays.</summary>
    Gentle,
    /// <summary>The usual one.</summary>
    Neutral,
    /// <summary>For who pays late again and again, or owes much.</summary>
    Firm,
}

/// <summary>Why a tone was chosen: shown and logged with the message.</summary>
public enum ToneReason
{
    /// <summary>The agency's usual tone.</summary>
    Usual,
    /// <summary>The latest terms were all paid in time.</summary>
    LoyalPayer,
    /// <summary>The latest terms were mostly paid late.</summary>
    OftenLate,
    /// <summary>The term is over and the amount is large.</summary>
    LargeAmount,
}

/// <summary>How a client paid its latest terms with us, the newest first: true is in time.</summary>
public sealed record Relation(IReadOnlyList<bool> PaidInTime)
{
    /// <summary>Terms that count: older ones say little about today.</summary>
    public const int Terms = 3;

    /// <summary>Nothing is known yet.</summary>
    public static Relation New { get; } = new([]);

    /// <summary>At least two terms, none of the latest late.</summary>
    public bool IsLoyal => Latest.Count >= 2 && Latest.TrueForAll(inTime => inTime);

    /// <summary>At least two of the latest were late.</summary>
    public bool IsOftenLate => Latest.Count(inTime => !inTime) >= 2;

    private List<bool> Latest => [.. PaidInTime.Take(Terms)];
}

/// <summary>A tone and its reason.</summary>
public sealed record ToneChoice(Tone Tone, ToneReason Because)
{
    /// <summary>
    /// Chooses by lateness, relation and amount (catalogue §6): a loyal payer gets one gentler than usual, a chronic late payer one firmer;
    /// once the term is over, a large amount is said one firmer to anybody else.
    /// </summary>
    /// <param name="usual">The agency's own tone.</param>
    /// <param name="day">Days from J to the sending: above zero, the term is over.</param>
    /// <param name="amount">What the message asks for.</param>
    /// <param name="large">From this amount on it counts, minor units of the same currency.</param>
    public static ToneChoice For(Tone usual, int day, Relation relation, Money amount, long large)
    {
        if (relation.IsLoyal)
            return new ToneChoice(Shifted(usual, -1), ToneReason.LoyalPayer);
        if (relation.IsOftenLate)
            return new ToneChoice(Shifted(usual, 1), ToneReason.OftenLate);
        return day > 0 && amount.Minor >= large
            ? new ToneChoice(Shifted(usual, 1), ToneReason.LargeAmount)
            : new ToneChoice(usual, ToneReason.Usual);
    }

    private static Tone Shifted(Tone tone, int by) => (Tone)Math.Clamp((int)tone + by, (int)Tone.Gentle, (int)Tone.Firm);
}
