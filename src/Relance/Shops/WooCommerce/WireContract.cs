namespace Relance.Shops.WooCommerce;

/// <summary>A contract as <c>wc-relance/v1/contracts</c> writes it.</summary>
internal sealed record WireContract(
    long Id, string Number, string Status, long CustomerId, WireBilling? Billing, long OrderId, long OrderItemId, int Sequence, long LatestOrderId,
    long ProductId, long VariationId, string Plan, int Months, string Renewal, string Notice, bool? ConcludedOnline, string Suspension, string SiteUrl,
    int TermNo, string TermStart, string TermEnd, string Price, string Currency, string DeclinedAt, string DeclinedBy, string DeclinedUser, string DeclinedReason, string DateCreatedGmt, string DateModifiedGmt);
