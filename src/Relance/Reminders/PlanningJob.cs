using System.Text.Json;
using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>Asks the planner about every cycle whose hour has come, and records the answers. Running it twice changes nothing.</summary>
public sealed partial class PlanningJob(Database database, RelanceSettings settings, Clocks clocks, ILogger<PlanningJob> logger) : IJobBody
{
    // One commit for many; a unit that holds the writer for longer than a tenth of a second would delay webhooks.
    private const int Together = 100;

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
            await database.WriteAsync(s => ShopTime.NoteAsync(new BillingContext(s, shop, settings, now), TimeSpan.FromMilliseconds(shop.ClockSkewMs)), ct);
            return await PlanLegalAsync(shop, now, ct);
        }

        await database.WriteAsync(s => MissedSlots.MoveAsync(new BillingContext(s, shop, settings, now)), ct);
        var due = await InOrderOfExpiryAsync(shop, now, ct);
        foreach (var some in due.Chunk(Together))
            await PlanAsync(shop, now, some, ct);
        await database.WriteAsync(s => s.ExecuteAsync("UPDATE shop SET planned_on = @today WHERE id = @Id AND (planned_on IS NULL OR planned_on < @today)", new { shop.Id, today }), ct);
        return due.Count;
    }

    // Whose clock is wrong is not known, but a notice that does not leave is surely late: legal notices do not wait.
    private async Task<int> PlanLegalAsync(LinkedShop shop, DateTimeOffset now, CancellationToken ct)
    {
        await database.WriteAsync(s => MissedSlots.MoveLegalAsync(new BillingContext(s, shop, settings, now)), ct);
        var due = await database.ReadAsync(s => s.QueryAsync<CycleRow>(
            $"SELECT {CycleRow.Columns} FROM cycle WHERE state = 'open' AND sequence = 'tacit' AND next_at <= @Now AND shop_id = @Id ORDER BY subject_id", new { Now = now.Millis(), shop.Id }), ct);
        foreach (var some in due.Chunk(Together))
            await PlanAsync(shop, now, [.. some], ct, onlyLegal: true);
        return due.Count;
    }

    private async Task PlanAsync(LinkedShop shop, DateTimeOffset now, CycleRow[] cycles, CancellationToken ct, bool onlyLegal = false)
    {
        try
        {
            await database.WriteAsync(s => new CyclePlanner(new BillingContext(s, shop, settings, now), onlyLegal).PlanAsync(cycles), ct);
        }
        catch (SlotTakenException) when (cycles.Length == 1)
        {
            // It is still due: the next run finds the slot taken.
        }
        catch (Exception e) when (e is SlotTakenException or FormatException or ArgumentException or InvalidOperationException or OverflowException or JsonException)
        {
            // One bad cycle never stops the others.
            if (cycles is not [var bad])
            {
                foreach (var cycle in cycles)
                    await PlanAsync(shop, now, [cycle], ct, onlyLegal);
                return;
            }

            NotPlanned(e, bad.SubjectId);
            await database.WriteAsync(s => TaskStore.OpenAsync(new BillingContext(s, shop, settings, now), "not-planned", bad.SubjectId, $"The next reminder of this contract cannot be decided: {e.Message}"), ct);
        }
    }

    // Below the daily ceiling the order is that of the contracts, in which everybody locks them; above it, what expires first goes first.
    private async Task<IReadOnlyList<CycleRow>> InOrderOfExpiryAsync(LinkedShop shop, DateTimeOffset now, CancellationToken ct) => await database.ReadAsync(async session =>
    {
        var context = new BillingContext(session, shop, settings, now);
        var rows = await session.QueryAsync<CycleRow>($"SELECT {CycleRow.Columns} FROM cycle WHERE state = 'open' AND next_at <= @Now AND shop_id = @Id ORDER BY next_at, id", new { Now = now.Millis(), shop.Id });
        if (rows.Count <= settings.DailyCeiling)
            return rows.OrderBy(row => row.SubjectId, StringComparer.Ordinal).ToList();
        var views = await PlanViews.ReadAsync(context, rows, await ContractStore.FindAsync(session, rows.Select(row => row.SubjectId)));
        return (IReadOnlyList<CycleRow>)rows.OrderBy(row => views.Of(row) is { } view && Decide(context, view) is Decision.Send send ? send.ValidUntil : DateOnly.MaxValue).ToList();
    }, ct);

    /// <summary>The planner's answer about a view.</summary>
    internal static Decision Decide(BillingContext context, PlanView view) =>
        Planner.Next(view.Cycle, view.Client, view.History, view.Sequence, context.Calendar, context.Now, context.Settings.MinimumGapDays);

    [LoggerMessage(LogLevel.Error, "The contract {ContractId} could not be planned; a task is open")]
    private partial void NotPlanned(Exception e, string contractId);
}
