using Relance.Bounces;
using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>Clients, and the people behind them: one person is one address, agency-wide.</summary>
public static class ClientStore
{
    /// <summary>Adds or updates the client of an order. An order's address is a copy of the day it was made: the newest order wins, not the one changed last.</summary>
    public static Task<string> UpsertAsync(BillingContext context, ShopOrder order) => UpsertAsync(context, order.CustomerId, order.Billing, order.CreatedAt);

    /// <summary>Adds or updates the client of an order or subscription; the newest source wins. Returns our id.</summary>
    public static async Task<string> UpsertAsync(BillingContext context, long customerId, ShopBilling billing, DateTimeOffset sourceAt)
    {
        var email = billing.Email.Trim();
        var recipient = email.Length == 0 ? null : await RecipientAsync(context.Session, email);
        var row = new
        {
            Id = Values.NewId(),
            ShopId = context.Shop.Id,
            Key = KeyOf(customerId, email),
            Recipient = recipient,
            context.Settings.Words.Locale,
            // A company name proves no business: associations and co-ownerships have one too, and the law protects them (L215-3).
            Kind = ClientKind.Unknown.ToString(),
            Name = NameOf(billing),
            Email = email.Length == 0 ? null : email,
            At = sourceAt.Millis(),
        };
        var before = await context.Session.FirstAsync<Known>("SELECT id AS Id, recipient_id AS RecipientId FROM client WHERE shop_id = @ShopId AND external_key = @Key", row);
        await context.Session.ExecuteAsync(
            """
            INSERT INTO client (id, shop_id, external_key, recipient_id, kind, locale, name, email, source_at)
            VALUES (@Id, @ShopId, @Key, @Recipient, @Kind, @Locale, @Name, @Email, @At)
            ON CONFLICT (shop_id, external_key) DO UPDATE
            SET recipient_id = excluded.recipient_id, name = excluded.name, email = excluded.email, source_at = excluded.source_at
            WHERE excluded.source_at > client.source_at OR (excluded.source_at = client.source_at AND (excluded.name <> client.name OR excluded.email IS DISTINCT FROM client.email))
            """, row);
        var now = (await context.Session.FirstAsync<Known>("SELECT id AS Id, recipient_id AS RecipientId FROM client WHERE shop_id = @ShopId AND external_key = @Key", row))!;
        if (before is not null && before.RecipientId != now.RecipientId)
            await MovedAsync(context, now.Id);
        return now.Id;
    }

    /// <summary>Our id of the client of an order; null for one that is not known.</summary>
    internal static Task<string?> FindAsync(BillingContext context, ShopOrder order) => context.Session.ValueAsync<string>(
        "SELECT id FROM client WHERE shop_id = @Id AND external_key = @Key", new { context.Shop.Id, Key = KeyOf(order.CustomerId, order.Billing.Email.Trim()) });

    private static string KeyOf(long customerId, string email) => customerId > 0 ? $"customer:{customerId}" : $"guest:{email.ToLowerInvariant()}";

    // Another address is another person to the daily slot, and a refusal of the old one says nothing about it.
    private static async Task MovedAsync(BillingContext context, string clientId)
    {
        foreach (var contract in await ContractStore.OfClientAsync(context.Session, clientId))
        {
            await CycleStore.ReplanAsync(context, contract.Id, "address-changed");
            await Undelivered.ForgetAsync(context, contract.Id);
        }

        await TaskStore.CloseAsync(context, $"{SkipReason.NoAddress.Code()}:{clientId}");
        await TaskStore.CloseAsync(context, $"{SkipReason.AddressRefused.Code()}:{clientId}");
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "address-changed", clientId, JournalEntry.Of(("client", clientId)));
    }

    private sealed class Known
    {
        public string Id { get; init; } = "";
        public string? RecipientId { get; init; }
    }

    /// <summary>The person behind an address, made when missing.</summary>
    internal static async Task<string> RecipientAsync(Session session, string email)
    {
        var row = new { Id = Values.NewId(), Key = email.ToLowerInvariant() };
        await session.ExecuteAsync("INSERT INTO recipient (id, address_key) VALUES (@Id, @Key) ON CONFLICT (address_key) DO NOTHING", row);
        return (await session.ValueAsync<string>("SELECT id FROM recipient WHERE address_key = @Key", row))!;
    }

    private static string NameOf(ShopBilling billing)
    {
        var person = $"{billing.FirstName} {billing.LastName}".Trim();
        return billing.Company.Trim() is { Length: > 0 } company ? company : person.Length > 0 ? person : billing.Email;
    }
}
