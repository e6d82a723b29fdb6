using Relance.Agency;
using Relance.Operations;
using Relance.Outbox;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>Looks ahead on the real calendar, by asking the planner itself, and explains what it answers. Writes nothing.</summary>
public sealed class Foresight(Database database, RelanceSettings settings, Clocks clocks, LetterWriter writer)
{
    /// <summary>Days that can be looked ahead.</summary>
    public const int Horizon = 366;

    /// <summary>What will go out during the next days, today included.</summary>
    /// <param name="days">1 to <see cref="Horizon"/>.</param>
    /// <param name="shopId">Only this shop; null: all.</param>
    /// <param name="client">Only clients with this id, or whose name or address contains this; null: all.</param>
    /// <exception cref="RefusedException">Too far ahead, or no such shop.</exception>
    public Task<ForesightReport> RunAsync(int days, string? shopId, string? client, CancellationToken ct)
    {
        if (days is < 1 or > Horizon)
            throw RefusedException.Invalid("days", $"expected a number from 1 to {Horizon}");
        return database.ReadAsync(async session =>
        {
            if (shopId is not null && await LinkedShop.FindAsync(session, shopId) is null)
                throw RefusedException.NotFound("shop", shopId);
            return await RunAsync(session, days, shopId, client);
        }, ct);
    }

    /// <summary>Why each step of a contract's open term goes when it goes, or not, and what would have to change.</summary>
    /// <param name="contract">Its id, or the reference that mails print.</param>
    /// <exception cref="RefusedException">No such contract.</exception>
    public Task<Explanation> ExplainAsync(string contract, CancellationToken ct) =>
        database.ReadAsync(session => new Explainer(session, settings, clocks.Now).ExplainAsync(contract), ct);

    /// <summary>The same within a transaction, with shops taken for what they would be.</summary>
    internal async Task<ForesightReport> RunAsync(Session session, int days, string? shopId, string? client, Func<LinkedShop, LinkedShop>? asIf = null)
    {
        var preview = await Preview.ReadAsync(session, settings, clocks.Now, asIf);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clocks.Now, settings.Calendar.TimeZone).DateTime);
        var clients = await ForesightClients.ReadAsync(session, shopId, client);
        var forecast = new Forecast(settings, writer, clients);
        foreach (var foreseen in preview.Until(today.AddDays(days - 1)))
            forecast.Add(foreseen);
        return forecast.Report(today, today.AddDays(days - 1), preview.Cycles);
    }
}
