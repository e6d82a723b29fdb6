using Relance.Bounces;
using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.Privacy;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>Clients, and the people behind them: one person is one address, agency-wide.</summary>
public static class ClientStore
{
    /// <summary>Adds or updates the client of an order. An order's address is a copy of the day it was made: the newest order wins, not the one changed last.</summary>
    public static async Task<KnownClient> UpsertAsync(BillingContext context, ShopOrder order)
    {
        var client = await UpsertAsync(context, order.CustomerId, order.Billing, order.CreatedAt);
        if (order.CreatedAt > client.ErasedAt)
            await TaskStore.OpenAsync(context, "erased-client-returned", client.Id, $"Order {order.Number} is newer than the erasure of its client: nothing is kept of who it is, and nothing is mailed.");
        return client;
    }

    /// <summary>Adds or updates the client of an order or subscription; the newest source wins. Who is erased stays so, whatever the shop still says.</summary>
    public static async Task<KnownClient> UpsertAsync(BillingContext context, long customerId, ShopBilling billing, DateTimeOffset sourceAt)
    {
        var (email, key) = (billing.Email.Trim(), KeyOf(customerId, billing.Email.Trim()));
        var before = await FindAsync(context, key);
        if (before is { ErasedAt: { } since })
            return new(before.Id, Values.Instant(since), Withheld: true);
        if (email != before?.Email && await ErasedAddresses.FindAsync(context.Session, email) is { } hash)
            return before is not null ? new(before.Id, Withheld: true) : await ErasedAsync(context, customerId > 0 ? key : $"erased:{hash}");
        var recipient = email.Length == 0 ? null : await RecipientAsync(context.Session, email);
        await context.Session.ExecuteAsync(
            """
            INSERT INTO client (id, shop_id, external_key, recipient_id, kind, locale, name, email, source_at)
            VALUES (@Id, @ShopId, @Key, @Recipient, @Kind, @Locale, @Name, @Email, @At)
            ON CONFLICT (shop_id, external_key) DO UPDATE
            SET recipient_id = excluded.recipient_id, name = excluded.name, email = excluded.email, source_at = excluded.source_at
            WHERE client.erased_at IS NULL
            AND (excluded.source_at > client.source_at OR (excluded.source_at = client.source_at AND (excluded.name <> client.name OR excluded.email IS DISTINCT FROM client.email)))
            """, new
            {
                Id = Values.NewId(),
                ShopId = context.Shop.Id,
                Key = key,
                Recipient = recipient,
                context.Settings.Words.Locale,
                // A company name proves no business: associations and co-ownerships have one too, and the law protects them (L215-3).
                Kind = ClientKind.Unknown.ToString(),
                Name = NameOf(billing),
                Email = email.Length == 0 ? null : email,
                At = sourceAt.Millis(),
            });
        var now = (await FindAsync(context, key))!;
        if (before is not null && before.RecipientId != now.RecipientId)
            await MovedAsync(context, now.Id);
        return new(now.Id);
    }

    /// <summary>Our id of the client of an order; null for one that is not known.</summary>
    internal static Task<string?> FindAsync(BillingContext context, ShopOrder order) => context.Session.ValueAsync<string>(
        "SELECT id FROM client WHERE shop_id = @Id AND external_key = @Key", new { context.Shop.Id, Key = KeyOf(order.CustomerId, order.Billing.Email.Trim()) });

    private static string KeyOf(long customerId, string email) => customerId > 0 ? $"customer:{customerId}" : $"guest:{email.ToLowerInvariant()}";

    // A new customer, or an old one in another shop, with the address of somebody who is forgotten: known by its number alone.
    private static async Task<KnownClient> ErasedAsync(BillingContext context, string key)
    {
        await context.Session.ExecuteAsync(
            """
            INSERT INTO client (id, shop_id, external_key, kind, locale, name, source_at, erased_at) VALUES (@Id, @ShopId, @key, @Kind, @Locale, @Erased, 0, @Now)
            ON CONFLICT (shop_id, external_key) DO NOTHING
            """, new { Id = Values.NewId(), ShopId = context.Shop.Id, key, Kind = ClientKind.Unknown.ToString(), context.Settings.Words.Locale, KnownClient.Erased, Now = context.Now.Millis() });
        var client = (await FindAsync(context, key))!;
        return new(client.Id, Values.Instant(client.ErasedAt!.Value), Withheld: true);
    }

    private static Task<Known?> FindAsync(BillingContext context, string key) => context.Session.FirstAsync<Known>(
        "SELECT id AS Id, recipient_id AS RecipientId, email AS Email, erased_at AS ErasedAt FROM client WHERE shop_id = @ShopId AND external_key = @key", new { ShopId = context.Shop.Id, key });

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
        public string? Email { get; init; }
        public long? ErasedAt { get; init; }
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
