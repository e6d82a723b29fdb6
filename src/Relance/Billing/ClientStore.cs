using Relance.Domain.Billing;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>Clients, and the people behind them: one person is one address, agency-wide.</summary>
public static class ClientStore
{
    /// <summary>Adds or updates the client of an order or subscription; the newest source wins. Returns our id.</summary>
    public static async Task<string> UpsertAsync(BillingContext context, long customerId, ShopBilling billing, DateTimeOffset sourceAt)
    {
        var email = billing.Email.Trim();
        var recipient = email.Length == 0 ? null : await RecipientAsync(context.Session, email);
        var row = new
        {
            Id = Values.NewId(),
            ShopId = context.Shop.Id,
            Key = customerId > 0 ? $"customer:{customerId}" : $"guest:{email.ToLowerInvariant()}",
            Recipient = recipient,
            Kind = (billing.Company.Length > 0 ? ClientKind.Business : ClientKind.Unknown).ToString(),
            Name = NameOf(billing),
            Email = email.Length == 0 ? null : email,
            At = sourceAt.Millis(),
        };
        await context.Session.ExecuteAsync(
            """
            INSERT INTO client (id, shop_id, external_key, recipient_id, kind, locale, name, email, source_at)
            VALUES (@Id, @ShopId, @Key, @Recipient, @Kind, 'fr', @Name, @Email, @At)
            ON CONFLICT (shop_id, external_key) DO UPDATE
            SET recipient_id = excluded.recipient_id, name = excluded.name, email = excluded.email, source_at = excluded.source_at
            WHERE excluded.source_at > client.source_at
            """, row);
        return (await context.Session.ValueAsync<string>("SELECT id FROM client WHERE shop_id = @ShopId AND external_key = @Key", row))!;
    }

    private static async Task<string> RecipientAsync(Session session, string email)
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
