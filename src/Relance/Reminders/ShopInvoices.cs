using Relance.Billing;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>A renewal invoice that the shop itself mails counts as that day's message to the client (design, "Safety").</summary>
internal static class ShopInvoices
{
    /// <summary>The day on which WooCommerce Subscriptions makes the renewal order, and mails it: the day after J, when the next payment is due.</summary>
    public static DateOnly DayOf(DateOnly anchor) => anchor.AddDays(1);

    /// <summary>Those of these people whom the shop mails today. Foreseen rather than observed: our window may open before the shop makes the order.</summary>
    public static async Task<IReadOnlySet<string>> MailedTodayAsync(BillingContext context, IReadOnlyCollection<string> recipients) =>
        recipients.Count == 0 || !context.Shop.InvoiceTakesTheDay() ? new HashSet<string>() : (await context.Session.QueryAsync<string>(
            $"""
            SELECT DISTINCT c.recipient_id FROM client c JOIN contract k ON k.client_id = c.id AND k.source = 'subscription'
            JOIN cycle y ON y.subject_id = k.id AND y.kind = 'contract' AND y.state = 'open' AND y.anchor_on = @Anchor
            WHERE c.shop_id = @Id AND c.recipient_id {context.Session.In("@recipients")}
            """, new { recipients = context.Session.List(recipients), context.Shop.Id, Anchor = context.Today.AddDays(-1).Text() })).ToHashSet(StringComparer.Ordinal);
}
