using System.Text.Json.Nodes;
using Relance.Demo;
using Relance.Demo.Mail;
using Relance.Demo.Shop;
using Relance.Journal;
using Relance.Storage;
using Relance.Tests.Storage;

namespace Relance.Tests.Stories;

/// <summary>What seventy-one days left behind: read once, from the mailbox, from the shop, and from the tables.</summary>
internal sealed record Story(
    IReadOnlyList<CaughtMail> Mails, StoryShop Shop, IReadOnlyList<ShopRequest> Writes, IReadOnlyList<StoryContract> Contracts,
    IReadOnlyList<StoryStep> Steps, IReadOnlyList<StoryWrite> PostBacks, long? FirstBroken, long Entries)
{
    /// <summary>Plays the whole story once.</summary>
    public static async Task<Story> PlayAsync(Dialect dialect, string mode)
    {
        await using var storage = await TestDatabase.EmptyAsync(dialect);
        // A shop that thanks for orders itself would silence "renewed".
        await using var world = await DemoWorld.StartAsync(DemoRun.Start, [$"Database={storage.ConnectionString}"], CancellationToken.None, new ShopOptions { MailsPaidOrders = false });
        await new DemoRun(world).PlayAsync(mode, _ => { }, CancellationToken.None);
        return await storage.Database.ReadAsync(session => ReadAsync(session, world));
    }

    private static async Task<Story> ReadAsync(Session session, DemoWorld world) => new(
        world.Catcher.Mails, new StoryShop(ShopSnapshot.Of(world.Shop)), world.Shop.Writes,
        await session.QueryAsync<StoryContract>(
            "SELECT c.source AS Source, c.external_key AS Key, k.email AS Email, c.standing AS Standing, c.data AS Data FROM contract c JOIN client k ON k.id = c.client_id ORDER BY COALESCE(k.email, ''), c.source, c.external_key"),
        await session.QueryAsync<StoryStep>(
            """
            SELECT k.email AS Email, y.term_no AS TermNo, r.step AS Step, r.mode AS Mode, r.state AS State, r.reason AS Reason, r.decided_on AS Date
            FROM reminder r JOIN cycle y ON y.id = r.cycle_id JOIN contract c ON c.id = y.subject_id JOIN client k ON k.id = c.client_id
            ORDER BY COALESCE(k.email, ''), c.external_key, y.term_no, r.decided_on, r.step
            """),
        await session.QueryAsync<StoryWrite>("SELECT op AS Op, target AS Target, state AS State, error AS Error FROM postback ORDER BY op, target"),
        await JournalWriter.FirstBrokenAsync(session, world.ShopId),
        await session.ValueAsync<long>("SELECT COUNT(*) FROM journal"));

    /// <summary>Everything that must be the same on every database, as lines.</summary>
    public IReadOnlyList<string> Outcome() =>
    [
        .. Mails.GroupBy(MailKind.Of).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Key}: {kind.Count()} mails"),
        .. Steps.Select(step => step.ToString()),
        .. Contracts.Select(contract => $"{contract.Email} {contract.Standing}, in the shop {Shop.StandingOf(contract)} {Shop.SubscriptionOf(contract)?["status"]}"),
    ];
}

/// <summary>A contract's row.</summary>
internal sealed record StoryContract
{
    public string Source { get; init; } = "";
    public string Key { get; init; } = "";
    public string Email { get; init; } = "";
    public string Standing { get; init; } = "";
    public string Data { get; init; } = "";
    public JsonNode State => JsonNode.Parse(Data)!;
    public string? Product => Source == "product-rule" ? State["Lines"]![0]!["ProductId"]!.ToString() : null;
    public string Reference => Source == "product-rule" ? "CMD-" + Key.Split(':')[0] : "ABO-" + Key;
}

/// <summary>A decided step.</summary>
internal sealed record StoryStep
{
    public string Email { get; init; } = "";
    public long TermNo { get; init; }
    public string Step { get; init; } = "";
    public string Mode { get; init; } = "";
    public string State { get; init; } = "";
    public string? Reason { get; init; }
    public string Date { get; init; } = "";
}

/// <summary>A write the shop is owed.</summary>
internal sealed record StoryWrite
{
    public string Op { get; init; } = "";
    public string Target { get; init; } = "";
    public string State { get; init; } = "";
    public string? Error { get; init; }
}
