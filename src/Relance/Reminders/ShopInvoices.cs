using Relance.Billing;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>A renewal invoice that the shop itself mails counts as that day's message to the client (design, "Safety").</summary>
internal static class ShopInvoices
{
    /// <summary>The day on which WooCommerce Subscriptions makes the renewal order, and mails it: the day after J, when the next payment is due.</summary>
    public static DateOnly DayOf(DateOnly anchor) => anchor.AddDays(1);

    /// <summary>Whether the shop mails this person today. Foreseen rather than observed: our window may open before the shop makes the order.</summary>
    public static async Task<bool> MailedTodayAsync(BillingContext context, string? recipientId) =>
        recipientId is not null && context.Shop.InvoiceTakesTheDay() && await context.Session.ValueAsync<long>(
            """
            SELECT COUNT(*) FROM client c JOIN contract k ON k.client_id = c.id AND k.source = 'subscription'
            JOIN cycle y ON y.subject_id = k.id AND y.kind = 'contract' AND y.state = 'open' AND y.anchor_on = @Anchor
            WHERE c.recipient_id = @recipientId AND c.shop_id = @Id
            """, new { recipientId, context.Shop.Id, Anchor = context.Today.AddDays(-1).Text() }) > 0;
}
