using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Privacy;
using Relance.Storage;

namespace Relance.Import;

/// <summary>The client of a row: the shop's customer, whom the shop describes, or one that only the file knows.</summary>
internal static class ImportedClients
{
    /// <summary>Finds or makes the client; whether the file changes anything about it.</summary>
    public static async Task<(string? Id, bool Changed)> UpsertAsync(BillingContext context, ImportedContract row, bool write)
    {
        var known = await context.Session.FirstAsync<Known>(
            "SELECT id AS Id, kind AS Kind, locale AS Locale FROM client WHERE shop_id = @ShopId AND external_key = @ClientKey", new { ShopId = context.Shop.Id, row.ClientKey });
        // A shop knows name and address of its customers, never what the law sees in them: an empty cell takes nothing back.
        var kind = row.Kind != ClientKind.Unknown || known is null ? row.Kind.ToString() : known.Kind;
        var locale = row.CustomerId == 0 || known is null ? row.Locale : known.Locale;
        var changed = known is null || known.Kind != kind || known.Locale != locale;
        if (!write || !changed)
            return (known?.Id, changed);
        if (known is null)
            return (await InsertAsync(context, row), true);
        await context.Session.ExecuteAsync("UPDATE client SET kind = @Kind, locale = @Locale WHERE id = @Id", new { Kind = kind, Locale = locale, known.Id });
        return (known.Id, true);
    }

    /// <summary>A file brings nobody back who asked to be forgotten.</summary>
    /// <exception cref="RowRefusedException">The row is about such a person.</exception>
    public static async Task RefuseErasedAsync(BillingContext context, ImportedContract row)
    {
        if (await context.Session.ValueAsync<long>("SELECT COUNT(*) FROM client WHERE shop_id = @Id AND external_key = @ClientKey AND erased_at IS NOT NULL", new { context.Shop.Id, row.ClientKey }) > 0
            || await ErasedAddresses.FindAsync(context.Session, row.Email) is not null)
            throw new RowRefusedException(ImportColumn.Email, "somebody who is not erased; this person asked to be forgotten (relance client readmit, if they are a client again)");
    }

    // Source instant 0: whatever the shop says about a customer is newer.
    private static async Task<string> InsertAsync(BillingContext context, ImportedContract row)
    {
        var id = Values.NewId();
        await context.Session.ExecuteAsync(
            """
            INSERT INTO client (id, shop_id, external_key, recipient_id, kind, locale, name, email, source_at)
            VALUES (@Id, @ShopId, @ClientKey, @Recipient, @Kind, @Locale, @ClientName, @Email, 0)
            """, new
            {
                Id = id,
                ShopId = context.Shop.Id,
                row.ClientKey,
                Recipient = row.Email is { } email ? await ClientStore.RecipientAsync(context.Session, email) : null,
                Kind = row.Kind.ToString(),
                row.Locale,
                row.ClientName,
                row.Email,
            });
        return id;
    }

    private sealed class Known
    {
        public string Id { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Locale { get; init; } = "";
    }
}
