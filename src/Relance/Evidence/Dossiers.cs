using System.Data;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Relance.Agency;
using Relance.Billing;
using Relance.Evidence.Stamps;
using Relance.Journal;
using Relance.Legal;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Evidence;

/// <summary>What a dossier holds.</summary>
/// <param name="Reference">The contract's, as its mails print it.</param>
/// <param name="Entries">Entries of the shop's journal.</param>
/// <param name="Clear">Those in clear: of this contract and its client.</param>
/// <param name="Head">Hash of the last entry: keep it elsewhere, and nobody can rewrite what comes before.</param>
/// <param name="Erased">Files that the journal names and that are erased.</param>
/// <param name="Pdf">Whether the index is there as PDF too.</param>
/// <param name="WithoutPdf">Why not.</param>
/// <param name="Stamps">Number of time-stamps.</param>
/// <param name="WithoutStamp">Why the last entry has none, where an authority is set.</param>
public sealed record DossierReport(
    string Reference, long Entries, int Clear, string Head, int Mails, int Erased, bool Pdf, string? WithoutPdf, int Stamps, string? WithoutStamp);

/// <summary>Exports what proves a contract's story, for those who were not there.</summary>
public sealed class Dossiers
{
    private readonly Database _database;
    private readonly RelanceSettings _settings;
    private readonly Clocks _clocks;
    private readonly LawDesk _law;
    private readonly StampJob _stamps;
    private readonly PdfPrinter _printer;

    internal Dossiers(Database database, RelanceSettings settings, Clocks clocks, LawDesk law, StampJob stamps, PdfPrinter? printer = null) =>
        (_database, _settings, _clocks, _law, _stamps, _printer) = (database, settings, clocks, law, stamps, printer ?? new PdfPrinter());

    /// <summary>Writes the dossier of a contract. Reads one instant of the database.</summary>
    /// <param name="locale">fr or en: the language of its pages.</param>
    /// <param name="pdf">The index as PDF too, where WeasyPrint is installed.</param>
    /// <exception cref="RefusedException">There is no such contract, or no such language.</exception>
    public async Task<DossierReport> WriteAsync(string contractId, Stream to, string locale, bool pdf, CancellationToken ct)
    {
        if (locale is not ("fr" or "en"))
            throw RefusedException.Invalid("locale", "fr or en");
        // The end of the journal first: what it is stamped with is what the dossier shows, whatever is added meanwhile.
        var (head, without) = await EndAsync(contractId, ct);
        await using var connection = await _database.OpenAsync(ct);
        // Readers hold nobody up: WAL on SQLite, row versions on PostgreSQL.
        await using var snapshot = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var session = new Session(connection, snapshot, _database.Dialect, ct);
        var contract = await ContractStore.FindAsync(session, contractId) ?? throw RefusedException.NotFound("contract", contractId);
        var shop = (await LinkedShop.FindAsync(session, contract.ShopId))!;
        var source = new DossierSource(session, contract, shop);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_clocks.Now, _settings.Calendar.TimeZone).DateTime);
        return await new DossierWriter(source, _law, pdf ? _printer : null, today, locale, ct).WriteAsync(to, head, without);
    }

    /// <summary>A name for a dossier that is made today.</summary>
    public string FileName(string contractId) => string.Create(CultureInfo.InvariantCulture, $"dossier-{contractId}-{_clocks.Now:yyyyMMdd}.zip");

    private async Task<(DossierHead Head, string? WithoutStamp)> EndAsync(string contractId, CancellationToken ct)
    {
        var shop = (await _database.ReadAsync(session => ContractStore.FindAsync(session, contractId), ct) ?? throw RefusedException.NotFound("contract", contractId)).ShopId;
        string? without = null;
        try
        {
            await _stamps.StampAsync(shop, ct);
        }
        catch (NoTimestampException fault)
        {
            // Evidence that is needed now must not wait for an authority.
            without = fault.Message;
        }
        return (await _database.ReadAsync(session => StampStore.HeadAsync(session, shop), ct) ?? new(0, ChainEntry.Genesis), without);
    }
}
