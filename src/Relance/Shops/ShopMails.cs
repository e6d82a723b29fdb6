using Relance.Domain.Reminders;

namespace Relance.Shops;

/// <summary>A thing that both the shop and Relance could say to a client.</summary>
public enum SpokenThing
{
    /// <summary>The term ends soon: WooCommerce Subscriptions' customer notifications.</summary>
    RenewalNotice,

    /// <summary>The renewal is to be paid: Subscriptions' renewal invoice, mailed when the renewal order is made (J+1).</summary>
    RenewalInvoice,

    /// <summary>Thanks for a paid order: « order processing » and « order completed ».</summary>
    PaidOrder,
}

/// <summary>Who says a thing.</summary>
public enum Speaker
{
    /// <summary>Relance.</summary>
    Relance,

    /// <summary>The shop.</summary>
    Shop,
}

/// <summary>The shop's own mails, and the rule for who speaks: never two voices about one thing.</summary>
public static class ShopMails
{
    private const string Invoice = "customer_renewal_invoice";
    private static readonly string[] s_notices = ["customer_notification_manual_renewal", "customer_notification_subscription_expiry"];
    private static readonly string[] s_paid = ["customer_processing_order", "customer_completed_order"];
    private static readonly string[] s_paidRenewals = ["customer_processing_renewal_order", "customer_completed_renewal_order"];

    /// <summary>The mails looked for, by WooCommerce's ids (settings group <c>email_</c> + id).</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_notices, Invoice, .. s_paid, .. s_paidRenewals];

    /// <summary>Whether the shop itself thanks for paid orders.</summary>
    internal static bool Thanks(IReadOnlyCollection<string> on) => s_paid.Any(on.Contains);

    /// <summary>The name used by commands, storage and the API: <c>renewal-notice</c>, <c>renewal-invoice</c>, <c>paid-order</c>.</summary>
    public static string Code(this SpokenThing thing) => thing switch
    {
        SpokenThing.RenewalNotice => "renewal-notice",
        SpokenThing.RenewalInvoice => "renewal-invoice",
        _ => "paid-order",
    };

    /// <summary>Every thing, by its code.</summary>
    public static IReadOnlyDictionary<string, SpokenThing> ByCode { get; } = Enum.GetValues<SpokenThing>().ToDictionary(Code, StringComparer.Ordinal);

    /// <summary>The shop's own mails about a thing that are switched on.</summary>
    /// <param name="subscription">About a subscription; the shop's notices and invoices are about nothing else.</param>
    public static IReadOnlyList<string> On(this LinkedShop shop, SpokenThing thing, bool subscription = true) =>
        [.. shop.OwnMails.Split(' ', StringSplitOptions.RemoveEmptyEntries).Intersect(MailsAbout(thing, subscription))];

    /// <summary>What the agency said; null when it said nothing.</summary>
    public static Speaker? Chosen(this LinkedShop shop, SpokenThing thing)
    {
        var said = shop.Speaks.Split(' ').FirstOrDefault(part => part.StartsWith(thing.Code() + "=", StringComparison.Ordinal));
        return said is null ? null : said.EndsWith("=shop", StringComparison.Ordinal) ? Speaker.Shop : Speaker.Relance;
    }

    /// <summary>Who speaks: as the agency said, else the shop where its own mail is switched on.</summary>
    public static Speaker SpeaksOf(this LinkedShop shop, SpokenThing thing, bool subscription = true) =>
        shop.Chosen(thing) ?? (shop.On(thing, subscription).Count > 0 ? Speaker.Shop : Speaker.Relance);

    /// <summary>Marks the steps that the shop says itself. Before J that is every step; after it the J+2 message, where the agency leaves that to the shop's renewal invoice.</summary>
    internal static Sequence WithSpeakers(this LinkedShop shop, Sequence sequence, bool subscription)
    {
        if (!subscription)
            return sequence;
        var notices = shop.SpeaksOf(SpokenThing.RenewalNotice) == Speaker.Shop;
        var lapsed = shop.Chosen(SpokenThing.RenewalInvoice) == Speaker.Shop;
        return notices || lapsed
            ? sequence with { Steps = [.. sequence.Steps.Select(step => (step.Day < 0 ? notices : lapsed && step.Id == MaintenanceSequence.Lapsed) ? step with { SpokenByShop = true } : step)] }
            : sequence;
    }

    /// <summary>Whether the renewal invoice that the shop mails on J+1 is that day's message to the client.</summary>
    internal static bool InvoiceTakesTheDay(this LinkedShop shop) =>
        shop.On(SpokenThing.RenewalInvoice).Count > 0 && shop.Chosen(SpokenThing.RenewalInvoice) != Speaker.Relance;

    private static string[] MailsAbout(SpokenThing thing, bool subscription) => thing switch
    {
        SpokenThing.PaidOrder => subscription ? s_paidRenewals : s_paid,
        _ when !subscription => [],
        SpokenThing.RenewalNotice => s_notices,
        _ => [Invoice],
    };
}
