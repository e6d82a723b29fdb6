using Relance.Domain.Billing;
using Relance.Domain.Law;

namespace Relance.Shops;

/// <summary>A maintenance contract of the shop's plugin (docs/plugin-protocol.md). Dates are local to the shop, instants UTC with one-second resolution.</summary>
public sealed record ShopContract
{
    /// <summary>The plugin's id.</summary>
    public long Id { get; init; }
    /// <summary>The number that people see, such as <c>CM-12</c>.</summary>
    public string Number { get; init; } = "";
    /// <summary><c>active</c>, <c>declined</c>, <c>ended</c> or <c>cancelled</c>.</summary>
    public string Status { get; init; } = "";
    /// <summary>When the client or the shop declined it.</summary>
    public DateTimeOffset? DeclinedAt { get; init; }
    /// <summary><c>client</c> or <c>agency</c>; null while nobody declined.</summary>
    public string? DeclinedBy { get; init; }
    /// <summary>Where staff recorded what the client said: their login there.</summary>
    public string? DeclinedUser { get; init; }
    /// <summary>How the client said so, as staff wrote it down; one line, at most 200 characters.</summary>
    public string? DeclinedReason { get; init; }
    /// <summary>The shop's customer, 0 for a guest.</summary>
    public long CustomerId { get; init; }
    /// <summary>Who is billed.</summary>
    public ShopBilling Billing { get; init; } = new("", "", "", "", "", "");
    /// <summary>The order that opened it; 0 for none.</summary>
    public long OrderId { get; init; }
    /// <summary>That order's line.</summary>
    public long OrderItemId { get; init; }
    /// <summary>Which piece of that line, from 1.</summary>
    public int Sequence { get; init; } = 1;
    /// <summary>The order that paid the current term.</summary>
    public long LatestOrderId { get; init; }
    /// <summary>What was bought.</summary>
    public long ProductId { get; init; }
    /// <summary>Its variation, 0 for none.</summary>
    public long VariationId { get; init; }
    /// <summary>The plan's name.</summary>
    public string Plan { get; init; } = "";
    /// <summary>Length of a term, in months.</summary>
    public int Months { get; init; }
    /// <summary>It renews unless the client refuses in time.</summary>
    public bool Tacit { get; init; }
    /// <summary>How long before the end a refusal must arrive; null while nobody said.</summary>
    public NoticePeriod? Notice { get; init; }
    /// <summary>Concluded online (C. consom. L215-1-1); null while nobody said.</summary>
    public bool? ConcludedOnline { get; init; }
    /// <summary>The contract lets a suspension be shown to the administrators of the maintained site.</summary>
    public bool MayShowNotice { get; init; }
    /// <summary>The maintained site.</summary>
    public string? SiteUrl { get; init; }
    /// <summary>Number of the paid term, from 1, as the plugin counts.</summary>
    public int TermNo { get; init; }
    /// <summary>First day of the paid term.</summary>
    public DateOnly TermStart { get; init; }
    /// <summary>Its last day.</summary>
    public DateOnly TermEnd { get; init; }
    /// <summary>Price of a term incl. VAT.</summary>
    public Money Price { get; init; }
    /// <summary>When it was opened.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it last changed.</summary>
    public DateTimeOffset ModifiedAt { get; init; }
}
