using System.Diagnostics;
using Relance.Demo.Shop;

namespace Relance.Demo;

/// <summary>Seventy-one days, J-35 to J+35, played window by window.</summary>
internal sealed class DemoRun(DemoWorld world)
{
    /// <summary>J: its weeks hold Christmas and New Year's Day.</summary>
    public static DateOnly Anchor { get; } = new(2027, 1, 15);

    /// <summary>The first day.</summary>
    public static DateOnly FirstDay => Anchor.AddDays(-35);

    /// <summary>The last day.</summary>
    public static DateOnly LastDay => Anchor.AddDays(35);

    /// <summary>Midnight before the first window.</summary>
    public static DateTimeOffset Start => new(FirstDay.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(1));

    /// <summary>The local date of an instant, in the shop.</summary>
    public static DateOnly LocalDate(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime);

    /// <summary>Seeds, links, plays and reports.</summary>
    /// <param name="mode"><c>dry-run</c>, <c>redirect</c> or <c>live</c> (as a test shop).</param>
    /// <param name="progress">Called after each day, with the number of days done.</param>
    public async Task<DemoReport> PlayAsync(string mode, Action<int> progress, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var clients = DemoCast.Seed(world.Shop, Anchor);
        await world.LinkAsync(mode, ct);
        DemoCast.Schedule(world.Shop, clients, Anchor);
        // Two days without an answer, while a step is due on J+14; and one address that does not exist.
        world.Shop.Fail(new ShopFaultRule(ShopFaultKind.Drop, Noon(13), Noon(15), Path: "/wp-json/"));
        foreach (var client in clients.Where(c => c.Role.Refused))
            world.Catcher.Refuse(client.Email);
        for (var (day, n) = (FirstDay, 1); day <= LastDay; (day, n) = (day.AddDays(1), n + 1))
        {
            foreach (var window in world.Playback.Of(day))
                await world.PlayAsync(window, ct);
            progress(n);
        }

        return await DemoReport.ReadAsync(world, clients, clock.Elapsed, ct);
    }

    private static DateTimeOffset Noon(int day) => new(Anchor.AddDays(day).ToDateTime(new TimeOnly(12, 0)), TimeSpan.FromHours(1));
}
