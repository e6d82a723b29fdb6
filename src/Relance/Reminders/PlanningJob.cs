using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>Asks the planner about every cycle whose hour has come, and records the answers. Running it twice changes nothing.</summary>
public sealed class PlanningJob(Database database, RelanceSettings settings, Clocks clocks) : IJobBody
{
    /// <summary>Plans all shops; the number of cycles looked at.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var looked = 0;
        foreach (var shop in await database.ReadAsync(LinkedShop.WorkingAsync, ct))
            looked += await PlanAsync(shop, ct);
        return looked;
    }

    private async Task<int> PlanAsync(LinkedShop shop, CancellationToken ct)
    {
        var now = clocks.Now;
        var today = BillingContext.For(shop, settings).LocalDate(now).Text();
        // A clock that was moved back must not plan a day again.
        if (string.CompareOrdinal(today, shop.PlannedOn) < 0)
            return 0;
        if (shop.ClockDiffers)
        {
            await database.WriteAsync(s => TaskStore.OpenAsync(new BillingContext(s, shop, settings, now), "clock-skew", shop.Id, "Our clock and the shop's differ by more than an hour: reminders wait.", $"clock-skew:{shop.Id}:{today}"), ct);
            return 0;
        }

        await database.WriteAsync(s => MissedSlots.MoveAsync(new BillingContext(s, shop, settings, now)), ct);
        var due = await InOrderOfExpiryAsync(shop, now, ct);
        foreach (var cycleId in due)
            await database.WriteAsync(s => new CyclePlanner(new BillingContext(s, shop, settings, now)).PlanAsync(cycleId), ct);
        await database.WriteAsync(s => s.ExecuteAsync("UPDATE shop SET planned_on = @today WHERE id = @Id AND (planned_on IS NULL OR planned_on < @today)", new { shop.Id, today }), ct);
        return due.Count;
    }

    // Under the daily ceiling, what expires first goes first.
    private async Task<IReadOnlyList<string>> InOrderOfExpiryAsync(LinkedShop shop, DateTimeOffset now, CancellationToken ct) => await database.ReadAsync(async session =>
    {
        var context = new BillingContext(session, shop, settings, now);
        var rows = await session.QueryAsync<CycleRow>($"SELECT {CycleRow.Columns} FROM cycle WHERE state = 'open' AND next_at <= @Now AND shop_id = @Id ORDER BY next_at, id", new { Now = now.Millis(), shop.Id });
        if (rows.Count <= settings.DailyCeiling)
            return rows.Select(row => row.Id).ToList();
        var order = new List<(string Id, DateOnly Expires)>(rows.Count);
        foreach (var row in rows)
        {
            var view = await PlanView.ReadAsync(context, row, await ContractStore.FindAsync(session, row.SubjectId));
            var expires = view is not null && Decide(context, view) is Decision.Send send ? send.ValidUntil : DateOnly.MaxValue;
            order.Add((row.Id, expires));
        }

        return (IReadOnlyList<string>)order.OrderBy(x => x.Expires).Select(x => x.Id).ToList();
    }, ct);

    /// <summary>The planner's answer about a view.</summary>
    internal static Decision Decide(BillingContext context, PlanView view) =>
        Planner.Next(view.Cycle, view.Client, view.History, view.Sequence, context.Calendar, context.Now, context.Settings.MinimumGapDays);
}
