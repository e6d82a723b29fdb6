using Relance.Agency;
using Relance.Billing;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Import;

/// <summary>Reads contracts from a CSV file (<c>docs/import.md</c>): each row for itself, and as often as one likes.</summary>
public sealed class CsvImport(Database database, RelanceSettings settings, Clocks clocks, IShopConnector connector)
{
    // Rows of one transaction: a commit costs milliseconds, and other writers wait meanwhile.
    private const int Batch = 100;

    /// <summary>Imports a file into a shop. Rows with faults are left out and listed; the others are imported.</summary>
    /// <param name="csv">At most 10 MB and 100,000 rows; read to its end, and if it can be twice; not closed.</param>
    /// <param name="dryRun">Only say what would happen.</param>
    /// <param name="actor">Who asks; told in the journal.</param>
    /// <param name="strict">All or nothing: one fault, and no row is written.</param>
    /// <param name="progress">Told the number of rows done, now and then.</param>
    /// <exception cref="RefusedException">No such shop; too large; no CSV text.</exception>
    public async Task<ImportReport> RunAsync(
        string shopId, Stream csv, bool dryRun, Actor actor, CancellationToken ct, bool strict = false, IProgress<int>? progress = null)
    {
        var shop = await database.ReadAsync(s => LinkedShop.FindAsync(s, shopId), ct) ?? throw RefusedException.NotFound("shop", shopId);
        await using var file = await CsvFile.OpenAsync(csv, ct);
        var reading = new ImportReading(shop, file, connector);
        // Once through before anything is written, and again to write: no file is whole in memory.
        var tally = await reading.CheckAsync(ct);
        if (tally.IsHeaderFaulty)
            return tally.Report(dryRun, written: false);
        if (strict && !dryRun)
            return await StrictAsync(shop, reading, tally, actor, ct);
        await foreach (var batch in reading.GoodAsync(ct).Chunk(Batch).WithCancellation(ct))
        {
            tally.Add(await database.WriteAsync(s => ApplyAsync(Context(s, shop), batch.ToAsyncEnumerable(), actor, !dryRun), ct));
            progress?.Report(tally.Done);
        }

        return tally.Report(dryRun, !dryRun);
    }

    private async Task<ImportReport> StrictAsync(LinkedShop shop, ImportReading reading, ImportTally tally, Actor actor, CancellationToken ct)
    {
        if (tally.FaultyRows == 0)
        {
            var tried = await database.WriteAsync(s => ApplyAsync(Context(s, shop), reading.GoodAsync(ct), actor, write: false), ct);
            var isGood = tried.All(result => result.Fault is null);
            tally.Add(isGood ? await database.WriteAsync(s => ApplyAsync(Context(s, shop), reading.GoodAsync(ct), actor, write: true), ct) : tried);
        }

        return tally.Report(dryRun: false, written: tally.FaultyRows == 0);
    }

    private static async Task<IReadOnlyList<RowResult>> ApplyAsync(BillingContext context, IAsyncEnumerable<ImportedContract> rows, Actor actor, bool write)
    {
        var writer = new ImportWriter(context, actor, write);
        var results = new List<RowResult>();
        await foreach (var row in rows)
        {
            try
            {
                results.Add(new RowResult(await writer.ApplyAsync(row), null));
            }
            catch (RowRefusedException refused)
            {
                results.Add(new RowResult(RowOutcome.Unchanged, new ImportFault(row.Line, refused.Column.Name(), refused.Expected)));
            }
        }

        return results;
    }

    private BillingContext Context(Session session, LinkedShop shop) => new(session, shop, settings, clocks.Now);
}
