using System.Runtime.CompilerServices;
using Relance.Agency;
using Relance.Shops;

namespace Relance.Import;

/// <summary>Reads the rows of a file, as often as one likes. The shop is asked about a product once.</summary>
internal sealed class ImportReading(LinkedShop shop, CsvFile file, IShopConnector connector)
{
    private readonly ProductLookup _products = new(connector, shop);

    /// <summary>Reads all rows and keeps what is wrong with them.</summary>
    /// <exception cref="RefusedException">Too many rows, or a line that is too long.</exception>
    public async Task<ImportTally> CheckAsync(CancellationToken ct)
    {
        using var rows = new CsvRows(file);
        var tally = new ImportTally(rows.Ignored) { IsHeaderFaulty = rows.Faults.Count > 0 };
        if (tally.IsHeaderFaulty)
        {
            tally.Refuse(rows.Faults);
            return tally;
        }

        await foreach (var (contract, faults) in ReadAsync(rows, ct))
        {
            if (++tally.Rows > CsvRows.MostRows)
                throw RefusedException.Invalid("file", $"at most {CsvRows.MostRows} rows; split it");
            if (contract is null)
                tally.Refuse(faults);
        }

        return tally;
    }

    /// <summary>The rows without a fault.</summary>
    public async IAsyncEnumerable<ImportedContract> GoodAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var rows = new CsvRows(file);
        await foreach (var (contract, _) in ReadAsync(rows, ct))
        {
            if (contract is not null)
                yield return contract;
        }
    }

    private async IAsyncEnumerable<(ImportedContract? Contract, IReadOnlyList<ImportFault> Faults)> ReadAsync(CsvRows rows, [EnumeratorCancellation] CancellationToken ct)
    {
        var (reader, checks) = (new RowReader(shop.Currency), new FileChecks());
        foreach (var row in rows.Read())
        {
            var (contract, faults) = reader.Read(row);
            if (contract is { } read)
                (contract, faults) = checks.Check(read) is { } twice ? (null, [twice]) : await _products.ResolveAsync(read, ct);
            yield return (contract, faults);
        }
    }
}
