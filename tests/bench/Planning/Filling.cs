using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Bench.Planning;

/// <summary>Fills the tables directly: one live shop and its contracts, one in a hundred with its notice due.</summary>
internal static class Filling
{
    public const string ShopId = "race";
    public const int DueOneIn = 100;

    /// <summary>09:01 on a Tuesday.</summary>
    public static readonly DateTimeOffset Now = new(2026, 12, 15, 9, 1, 0, TimeSpan.FromHours(1));

    private const string Numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)";

    public static async Task FillAsync(Database database, int count)
    {
        var (due, later) = (State(new(2026, 1, 15)), State(new(2026, 7, 15)));
        await database.WriteAsync(async s =>
        {
            await LinkStore.AddAsync(s, AShop(), Now.AddDays(-200));
            await s.ExecuteAsync($"{Numbers} INSERT INTO recipient (id, address_key) SELECT 'r' || i, 'client' || i || '@client.example' FROM n", new { count });
            await s.ExecuteAsync(
                $"{Numbers} INSERT INTO client (id, shop_id, external_key, recipient_id, kind, locale, name, email, source_at) SELECT 'c' || i, 'race', 'customer:' || i, 'r' || i, 'Consumer', 'fr', 'Élodie Garçon', 'client' || i || '@client.example', 0 FROM n",
                new { count });
            await s.ExecuteAsync(
                $"{Numbers} INSERT INTO contract (id, shop_id, source, external_key, client_id, data, standing, source_at) SELECT 'k' || i, 'race', 'subscription', CAST(i AS TEXT), 'c' || i, CASE WHEN i % {DueOneIn} = 0 THEN {Numbered(due)} ELSE {Numbered(later)} END, 'active', 0 FROM n",
                new { count });
            await s.ExecuteAsync(
                $"{Numbers} INSERT INTO cycle (id, shop_id, kind, subject_id, term_no, anchor_on, sequence, state, next_at) SELECT 'y' || i, 'race', 'contract', 'k' || i, 1, CASE WHEN i % {DueOneIn} = 0 THEN @DueOn ELSE @LaterOn END, 'maintenance-annual', 'open', CASE WHEN i % {DueOneIn} = 0 THEN @Now ELSE @Later END FROM n",
                new { count, DueOn = due.TermEnd.Text(), LaterOn = later.TermEnd.Text(), Now = Now.Millis(), Later = Now.AddDays(150).Millis() });
        });
        // What a running server's own maintenance would have done.
        if (database.Dialect == Dialect.Postgres)
            await database.ReadAsync(s => s.ExecuteAsync("VACUUM ANALYZE"));
    }

    private static LinkedShop AShop() => new()
    {
        Id = ShopId,
        Url = "http://127.0.0.1:9/",
        Name = "Course",
        Tz = "Europe/Paris",
        Currency = "EUR",
        Mode = "live",
        Test = 1,
        Auth = "basic",
        KeySecret = "protected",
        WebhookSecret = "protected",
        HasSubscriptions = 1,
        BaselineOn = "2026-06-01",
    };

    private static ContractState State(DateOnly start) => new()
    {
        Months = 12,
        FirstStart = start,
        TermNo = 1,
        TermStart = start,
        TermEnd = start.AddYears(1).AddDays(-1),
        Kind = RenewalKind.Explicit,
        PlanName = "Maintenance annuelle",
        Amount = 72_000,
        CustomerId = 7,
        SubscriptionId = 424_242,
        ViewUrl = new("http://127.0.0.1:9/mon-compte/view-subscription/424242/"),
        SubscriptionStatus = "active",
    };

    // Each row has its own subscription.
    private static string Numbered(ContractState state) => $"'{state.ToJson().Replace("424242", "' || i || '", StringComparison.Ordinal)}'";
}
