using Relance.Agency;
using Relance.Billing;
using Relance.Journal;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Shops;

/// <summary>Who says a thing in a shop.</summary>
/// <param name="Thing">The code: <c>renewal-notice</c>, <c>renewal-invoice</c> or <c>paid-order</c>.</param>
/// <param name="Speaker">Who speaks.</param>
/// <param name="Chosen">The agency said so; false: it follows from the shop's own mails.</param>
/// <param name="OwnMails">The shop's own mails about it that are switched on.</param>
public sealed record SpeakerOf(string Thing, Speaker Speaker, bool Chosen, IReadOnlyList<string> OwnMails);

/// <summary>The rule for who speaks, per shop and thing: never two voices about one thing.</summary>
public sealed class Speakers(Database database, RelanceSettings settings, Clocks clocks)
{
    /// <summary>Who says what.</summary>
    /// <exception cref="RefusedException">No such shop.</exception>
    public Task<IReadOnlyList<SpeakerOf>> GetAsync(string shopId, CancellationToken ct) => database.ReadAsync(async session =>
    {
        var shop = await FindAsync(session, shopId);
        return (IReadOnlyList<SpeakerOf>)[.. Enum.GetValues<SpokenThing>().Select(thing => new SpeakerOf(
            thing.Code(), shop.SpeaksOf(thing), shop.Chosen(thing) is not null,
            [.. shop.On(thing).Concat(shop.On(thing, subscription: false)).Distinct(StringComparer.Ordinal)]))];
    }, ct);

    /// <summary>Says who speaks; what was planned and has not left is planned anew.</summary>
    /// <param name="thing">The code of a <see cref="SpokenThing"/>.</param>
    /// <param name="speaker">Null: as the shop's own mails say.</param>
    /// <exception cref="RefusedException">No such shop or thing.</exception>
    public Task SetAsync(string shopId, string thing, Speaker? speaker, Actor actor, CancellationToken ct) => database.WriteAsync(async session =>
    {
        if (!ShopMails.ByCode.ContainsKey(thing))
            throw RefusedException.Invalid("thing", $"expected one of {string.Join(", ", ShopMails.ByCode.Keys)}");
        var shop = await FindAsync(session, shopId);
        var said = shop.Speaks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(part => !part.StartsWith(thing + "=", StringComparison.Ordinal)).ToList();
        if (speaker is { } who)
            said.Add($"{thing}={who.ToString().ToLowerInvariant()}");
        var speaks = string.Join(' ', said.Order(StringComparer.Ordinal));
        if (speaks == shop.Speaks)
            return;
        await session.ExecuteAsync("UPDATE shop SET speaks = @speaks WHERE id = @shopId", new { speaks, shopId });
        await JournalWriter.AppendAsync(session, shopId, clocks.Now, "speakers-changed", shopId, JournalEntry.Of(("by", actor.ToString()), ("from", shop.Speaks), ("to", speaks)));
        await ReplanAsync(new BillingContext(session, shop with { Speaks = speaks }, settings, clocks.Now));
    }, ct);

    private static async Task ReplanAsync(BillingContext context)
    {
        foreach (var id in await context.Session.QueryAsync<string>(
            "SELECT y.subject_id FROM cycle y JOIN contract c ON c.id = y.subject_id WHERE y.shop_id = @Id AND y.state = 'open' AND c.source = 'subscription' ORDER BY y.subject_id", new { context.Shop.Id }))
            await CycleStore.ReplanAsync(context, id, "speakers-changed");
    }

    private static async Task<LinkedShop> FindAsync(Session session, string id) =>
        await LinkedShop.FindAsync(session, id) ?? throw RefusedException.NotFound("shop", id);
}
