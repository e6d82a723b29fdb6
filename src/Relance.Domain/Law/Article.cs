namespace Relance.Domain.Law;

/// <summary>A text that a computed date or amount rests on.</summary>
/// <param name="Code">The code, abbreviated as French lawyers do: <c>C. consom.</c></param>
/// <param name="Number">The article: <c>L215-1</c>.</param>
public sealed record Article(string Code, string Number)
{
    /// <summary>Who is covered (article liminaire) and when the notice is due.</summary>
    public static Article Definitions { get; } = new("C. consom.", "liminaire");
    /// <summary>The notice of tacit renewal, its window, the box, and what follows when it failed.</summary>
    public static Article RenewalNotice { get; } = new("C. consom.", "L215-1");
    /// <summary>Non-professionals are covered as consumers are.</summary>
    public static Article NonProfessionals { get; } = new("C. consom.", "L215-3");
    /// <summary>Contracts concluded online are ended online, by a function that is free (with D215-1 and D215-2).</summary>
    public static Article OnlineTermination { get; } = new("C. consom.", "L215-1-1");
    /// <summary>A refund that is not paid in time bears legal interest.</summary>
    public static Article RefundInterest { get; } = new("C. consom.", "L241-3");
    /// <summary>Contracts of fixed duration between businesses: the clause governs (1213 to 1215).</summary>
    public static Article FixedTerm { get; } = new("C. civ.", "1213 à 1215");
    /// <summary>Terms of payment, default penalty and its floor between businesses.</summary>
    public static Article BusinessPayment { get; } = new("C. com.", "L441-10");
    /// <summary>The lump sum of 40 €.</summary>
    public static Article LumpSum { get; } = new("C. com.", "D441-5");
    /// <summary>Legal interest on a sum of money.</summary>
    public static Article LegalInterest { get; } = new("C. civ.", "1231-6");
    /// <summary>Interest runs from the formal notice.</summary>
    public static Article FormalNotice { get; } = new("C. civ.", "1344-1");
    /// <summary>A partial payment is set against interest first.</summary>
    public static Article PartialPayment { get; } = new("C. civ.", "1343-1");
    /// <summary>The two legal rates of a semester.</summary>
    public static Article LegalRate { get; } = new("C. mon. fin.", "L313-2");
    /// <summary>Default interest of public buyers.</summary>
    public static Article PublicInterest { get; } = new("CCP", "R2192-31");
    /// <summary>Term of payment of public buyers.</summary>
    public static Article PublicPayment { get; } = new("CCP", "R2192-10");
    /// <summary>The lump sum of 40 € owed by public buyers.</summary>
    public static Article PublicLumpSum { get; } = new("CCP", "D2192-35");
    /// <summary>Two years towards consumers.</summary>
    public static Article ConsumerLimitation { get; } = new("C. consom.", "L218-2");
    /// <summary>Five years between businesses.</summary>
    public static Article BusinessLimitation { get; } = new("C. com.", "L110-4");
    /// <summary>Five years in general.</summary>
    public static Article CivilLimitation { get; } = new("C. civ.", "2224");
    /// <summary>Four years from the next 1 January against the State, local authorities and public establishments; art. 2: what starts them anew.</summary>
    public static Article PublicLimitation { get; } = new("Loi 68-1250", "art. 1 à 3");
    /// <summary>A written acknowledgement interrupts; what runs then is a new period.</summary>
    public static Article Acknowledgement { get; } = new("C. civ.", "2240");

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {Number}";
}
