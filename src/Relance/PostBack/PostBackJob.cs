using System.Text.Json;
using Relance.Billing;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.PostBack;

/// <summary>Tells the shops what they are owed: metadata in batches, the rest one by one. Nothing blocks the next.</summary>
public sealed partial class PostBackJob(Database database, RelanceSettings settings, Clocks clocks, IShopConnector connector, PostBackWriter writer, ILogger<PostBackJob> logger) : IJobBody
{
    private const int BatchSize = 100;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan[] BackOff = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];
    private readonly string _owner = Values.NewId();

    /// <summary>Writes what is due; the number of rows done.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var done = 0;
        foreach (var shop in await database.ReadAsync(LinkedShop.WorkingAsync, ct))
        {
            while (shop.MayWrite && await TakeAsync(shop, ct) is { Count: > 0 } rows)
            {
                var silent = await WriteAsync(shop, rows, ct);
                done += rows.Count;
                if (silent)
                    break;
            }
        }

        return done;
    }

    private Task<IReadOnlyList<PostBackRow>> TakeAsync(LinkedShop shop, CancellationToken ct) => database.WriteAsync(session =>
    {
        var skip = session.Dialect == Dialect.Postgres ? "FOR UPDATE SKIP LOCKED" : "";
        // While the plugin is away its statuses wait for it.
        var free = $"((state = 'due' AND retry_at <= @Real) OR (state = 'sending' AND lease_until < @Real)){(shop.HasPlugin ? "" : $" AND op <> '{PostBackQueue.PluginStatus}'")}";
        // Materialized: PostgreSQL may run a subquery once a row, and so exceed the limit, which is the shop's own for a batch.
        return session.QueryAsync<PostBackRow>(
            $"""
            WITH picked AS MATERIALIZED (SELECT id FROM postback WHERE shop_id = @Id AND {free} ORDER BY id LIMIT {BatchSize} {skip})
            UPDATE postback SET state = 'sending', attempt = attempt + 1, lease_owner = @_owner, lease_until = @Until
            WHERE id IN (SELECT id FROM picked) AND {free} RETURNING {PostBackRow.Columns}
            """, new { _owner, Until = (clocks.Real + Lease).Millis(), shop.Id, Real = clocks.Real.Millis() });
    }, ct);

    private async Task<bool> WriteAsync(LinkedShop shop, IReadOnlyList<PostBackRow> rows, CancellationToken ct)
    {
        var client = connector.Connect(shop);
        var silent = await MetadataAsync(shop, client, [.. rows.Where(r => r.Op == PostBackQueue.Metadata)], ct);
        foreach (var row in rows.Where(r => r.Op != PostBackQueue.Metadata).OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            var fault = await TryAsync(() => writer.WriteAsync(shop, client, row, ct));
            await FinishAsync(shop, row, fault, ct);
            silent |= fault is { Fault: ShopFault.Unreachable };
        }

        return silent;
    }

    private async Task<bool> MetadataAsync(LinkedShop shop, IShop client, List<PostBackRow> rows, CancellationToken ct)
    {
        var silent = false;
        foreach (var kind in rows.GroupBy(r => PostBackQueue.ParseTarget(r.Target).Kind))
        {
            var items = kind.Select(r => (PostBackQueue.ParseTarget(r.Target), (IReadOnlyDictionary<string, string>)JsonSerializer.Deserialize<Dictionary<string, string>>(r.Payload)!)).ToList();
            IReadOnlyList<ShopException?> answers = [];
            var fault = await TryAsync(async () => answers = await client.SetMetadataAsync(items, ct));
            silent |= fault is { Fault: ShopFault.Unreachable };
            foreach (var (row, i) in kind.Select((row, i) => (row, i)))
                await FinishAsync(shop, row, fault ?? answers[i], ct);
        }

        return silent;
    }

    private static async Task<ShopException?> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (ShopException e)
        {
            return e;
        }
    }

    // A newer payload may have been queued meanwhile: then the row is due again and this result is not its.
    private Task FinishAsync(LinkedShop shop, PostBackRow row, ShopException? fault, CancellationToken ct) => database.WriteAsync(async session =>
    {
        var context = new BillingContext(session, shop, settings, clocks.Now);
        var dead = fault is { Fault: ShopFault.NotFound or ShopFault.Invalid };
        var retry = BackOff[Math.Min((int)row.Attempt, BackOff.Length) - 1];
        await session.ExecuteAsync(
            "UPDATE postback SET state = @State, error = @Error, retry_at = @RetryAt, lease_owner = NULL, lease_until = NULL WHERE id = @Id AND lease_owner = @_owner AND state = 'sending'",
            new { State = fault is null ? "done" : dead ? "dead" : "due", Error = fault?.Message, RetryAt = fault is null ? 0 : (clocks.Real + retry).Millis(), row.Id, _owner });
        if (fault is null)
        {
            await Journal.JournalWriter.AppendAsync(session, shop.Id, clocks.Now, "post-back", row.SubjectId, Journal.JournalEntry.Of(("op", row.Op), ("target", row.Target)));
            return;
        }

        NotWritten(fault, row.Op, row.Target);
        if (dead)
            await TaskStore.OpenAsync(context, "post-back", row.Id, $"The shop refuses \"{row.Op}\" on {row.Target}: {fault.Message}");
    }, ct);

    [LoggerMessage(LogLevel.Warning, "The shop did not take {Op} on {Target}")]
    private partial void NotWritten(Exception e, string op, string target);
}
