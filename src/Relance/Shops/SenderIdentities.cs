using System.Collections.Concurrent;
using System.Text.Json;
using Relance.Agency;
using Relance.Domain.Billing;
using Relance.Journal;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Shops;

/// <summary>Who writes to the clients of each shop: its own legal identity and logo, or the settings' where it has none.</summary>
public sealed class SenderIdentities(Database database, RelanceSettings settings, Clocks clocks)
{
    // By hash: a logo never changes, another one has another hash.
    private readonly ConcurrentDictionary<string, SenderLogo> _logos = new(StringComparer.Ordinal);

    /// <summary>The identity in use.</summary>
    /// <exception cref="RefusedException">No such shop.</exception>
    public async Task<ShopSender> GetAsync(string shopId, CancellationToken ct)
    {
        var (shop, kinds) = await database.ReadAsync(async session => (await ShopAsync(session, shopId), await KindsAsync(session, shopId)), ct);
        await LoadLogoAsync(shop, ct);
        var sender = ShopSender.Of(shop, settings);
        return new ShopSender(sender, shop.Sender is not null, LogoOf(shop), SenderRules.Missing(sender, kinds));
    }

    /// <summary>Gives a shop an identity of its own; nothing is kept when one field is wrong.</summary>
    /// <returns>The identity as kept.</returns>
    /// <exception cref="RefusedException">No such shop, or a field that cannot be (the first; the others are named with it).</exception>
    public async Task<SenderSettings> SetAsync(string shopId, SenderSettings identity, Actor actor, CancellationToken ct)
    {
        var (sender, faults) = SenderRules.Normalise(identity);
        if (faults.Count > 0)
            throw RefusedException.Invalid(faults[0].Field, $"expected {string.Join("; ", faults.Select((f, i) => i == 0 ? f.Expected : $"{f.Field}: expected {f.Expected}"))}");
        var json = JsonSerializer.Serialize(sender, ShopSender.Json);
        await WriteAsync(shopId, "UPDATE shop SET sender = @Value WHERE id = @shopId", json, "sender-changed", actor, ct);
        return sender;
    }

    /// <summary>Takes a shop's own identity away: the settings' is used again.</summary>
    /// <exception cref="RefusedException">No such shop.</exception>
    public Task ResetAsync(string shopId, Actor actor, CancellationToken ct) =>
        WriteAsync(shopId, "UPDATE shop SET sender = CAST(@Value AS TEXT) WHERE id = @shopId", null, "sender-changed", actor, ct);

    /// <summary>Sets a shop's logo; null takes it away.</summary>
    /// <exception cref="RefusedException">No such shop, or not a logo (<see cref="SenderLogo.Read"/>).</exception>
    public async Task SetLogoAsync(string shopId, ReadOnlyMemory<byte>? image, Actor actor, CancellationToken ct)
    {
        var logo = image is { } bytes ? SenderLogo.Read(bytes) : null;
        var hash = logo is null ? null : Values.Hash(logo.Bytes.Span);
        if (logo is not null)
        {
            await database.WriteAsync(s => s.ExecuteAsync(
                "INSERT INTO logo (hash, media_type, bytes) VALUES (@hash, @MediaType, @Bytes) ON CONFLICT (hash) DO NOTHING", new { hash, logo.MediaType, Bytes = logo.Bytes.ToArray() }), ct);
        }

        await WriteAsync(shopId, "UPDATE shop SET logo_hash = CAST(@Value AS TEXT) WHERE id = @shopId", hash, "logo-changed", actor, ct);
    }

    /// <summary>A shop's logo, once <see cref="LoadLogoAsync"/> has read it; null without one.</summary>
    internal SenderLogo? LogoOf(LinkedShop shop) => shop.LogoHash is { } hash ? _logos.GetValueOrDefault(hash) : null;

    /// <summary>Reads a shop's logo once.</summary>
    internal async Task LoadLogoAsync(LinkedShop shop, CancellationToken ct)
    {
        if (shop.LogoHash is not { } hash || _logos.ContainsKey(hash))
            return;
        if (await database.ReadAsync(s => s.ValueAsync<byte[]>("SELECT bytes FROM logo WHERE hash = @hash", new { hash }), ct) is { } bytes)
            _logos[hash] = SenderLogo.Read(bytes);
    }

    /// <summary>Whom a shop sells to.</summary>
    internal static async Task<IReadOnlyCollection<ClientKind>> KindsAsync(Session session, string shopId) =>
        [.. (await session.QueryAsync<string>("SELECT DISTINCT kind FROM client WHERE shop_id = @shopId", new { shopId })).Select(Enum.Parse<ClientKind>)];

    private static async Task<LinkedShop> ShopAsync(Session session, string shopId) =>
        await LinkedShop.FindAsync(session, shopId) ?? throw RefusedException.NotFound("shop", shopId);

    // Same as before: nothing to write, nothing to tell.
    private Task WriteAsync(string shopId, string update, string? value, string kind, Actor actor, CancellationToken ct) => database.WriteAsync(async session =>
    {
        var shop = await ShopAsync(session, shopId);
        if ((kind == "logo-changed" ? shop.LogoHash : shop.Sender) == value)
            return;
        await session.ExecuteAsync(update, new { Value = value, shopId });
        await JournalWriter.AppendAsync(session, shopId, clocks.Now, kind, shopId, JournalEntry.Of(("by", actor.ToString()), ("value", value)));
    }, ct);
}
