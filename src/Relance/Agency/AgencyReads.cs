using Relance.Operations;
using Relance.Outbox;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Agency;

/// <summary>What command line, API and pages show: one read model for all three. Nothing here writes.</summary>
public sealed partial class AgencyReads(Database database, RelanceSettings settings, Clocks clocks)
{
    private const int TodayLimit = 100;

    /// <summary>The business day in the agency's time zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clocks.Now, settings.Calendar.TimeZone).DateTime);

    /// <summary>What a person wants to know in the morning.</summary>
    public Task<TodayView> TodayAsync(CancellationToken ct) => TodayAsync("en", ct);

    /// <summary>What a person wants to know in the morning, tasks in a language (fr or en).</summary>
    public Task<TodayView> TodayAsync(string locale, CancellationToken ct) => database.ReadAsync(
        async session =>
        {
            var day = Today;
            var going = await MessagesAsync(session, "m.slot_on = @Day AND (m.state IN ('due', 'sending') OR (m.state = 'held' AND m.hold <> 'approval'))", "m.rank, m.id", new { Day = day.Text(), Rows = TodayLimit });
            var bounced = await MessagesAsync(
                session, "m.bounced_at >= @Since OR (m.state = 'failed' AND m.slot_on >= @Day)", "m.id DESC", new { Since = clocks.Now.AddDays(-1).Millis(), Day = day.AddDays(-1).Text(), Rows = TodayLimit });
            var tasks = await TasksAsync(session, new TaskFilter(Overdue: true, Locale: locale, Limit: TodayLimit));
            return new TodayView(
                day, going, (int)await session.ValueAsync<long>("SELECT COUNT(*) FROM message WHERE slot_on = @Day AND state = 'sent'", new { Day = day.Text() }),
                (await ApprovalsAsync(session, new ApprovalFilter(Limit: TodayLimit))).Items, bounced, tasks.Items,
                (int)await session.ValueAsync<long>("SELECT COUNT(*) FROM task WHERE state = 'open'"), await SilentShopsAsync(session), await StandingsAsync(session));
        },
        ct);

    private static async Task<IReadOnlyDictionary<string, int>> StandingsAsync(Session session) =>
        (await session.QueryAsync<CountRow>("SELECT standing AS Name, COUNT(*) AS Count FROM contract GROUP BY standing ORDER BY standing")).ToDictionary(row => row.Name, row => (int)row.Count);

    private static async Task<IReadOnlyList<SilentShop>> SilentShopsAsync(Session session)
    {
        var since = (await session.QueryAsync<CountRow>("SELECT id AS Name, unreachable_since AS Count FROM shop WHERE unreachable_since IS NOT NULL")).ToDictionary(row => row.Name, row => row.Count);
        return [.. (await LinkedShop.AllAsync(session)).Select(shop => Silence(shop, since.TryGetValue(shop.Id, out var at) ? Values.Instant(at) : null)).OfType<SilentShop>()];
    }

    private static SilentShop? Silence(LinkedShop shop, DateTimeOffset? since)
    {
        var because = shop.RestoredAt is not null ? "restored" : since is not null ? "shop-unreachable" : shop.SiteMismatch == 1 ? "site-mismatch" : shop.ClockDiffers ? "clock-skew" : null;
        return because is null ? null : new SilentShop(shop.Id, shop.Name, shop.Url, since, because);
    }

    private static string ReferenceOf(string source, string key) => LetterWriter.Reference(source, key);

    private sealed class CountRow
    {
        public string Name { get; init; } = "";
        public long Count { get; init; }
    }
}
