using System.Text;
using Relance.Agency;
using Relance.Billing;
using Relance.Import;
using Relance.Storage;
using Relance.Tests.Billing;
using Relance.Tests.Storage;

namespace Relance.Tests.Import;

/// <summary>A linked shop on a database of its own, and files put together from rows.</summary>
public abstract class ImportTests(Dialect dialect) : IAsyncLifetime
{
    protected const string Header = "reference;client;email;plan;start;months;amount";

    private TestDatabase _storage = null!;

    private protected BillingWorld World { get; private set; } = null!;

    private protected Dialect Dialect { get; } = dialect;

    public async Task InitializeAsync()
    {
        _storage = await TestDatabase.EmptyAsync(Dialect);
        World = await BillingWorld.LinkedAsync(null, $"Database={_storage.ConnectionString}");
    }

    public async Task DisposeAsync()
    {
        await World.DisposeAsync();
        await _storage.DisposeAsync();
    }

    protected static string Row(string reference, string start = "2026-01-01", string amount = "480.00", string client = "Atelier Moreau", string email = "contact@moreau.example") =>
        $"{reference};{client};{email};Maintenance Sérénité;{start};12;{amount}";

    protected static string File(params string[] rows) => string.Join('\n', rows);

    protected Task<ImportReport> ImportAsync(string file, bool dryRun = false, bool strict = false) => ImportAsync(Encoding.UTF8.GetBytes(file), dryRun, strict);

    private protected async Task<ImportReport> ImportAsync(byte[] file, bool dryRun = false, bool strict = false, BillingWorld? into = null)
    {
        using var stream = new MemoryStream(file);
        return await (into ?? World).Service<CsvImport>().RunAsync((into ?? World).ShopId, stream, dryRun, Actor.CommandLine, CancellationToken.None, strict);
    }

    private protected async Task<byte[]> ExportAsync(BillingWorld? from = null)
    {
        using var stream = new MemoryStream();
        await (from ?? World).Service<CsvExport>().WriteAsync((from ?? World).ShopId, stream, CancellationToken.None);
        return stream.ToArray();
    }

    private protected async Task<StoredContract> ContractAsync(string reference) =>
        (await World.ContractsAsync()).Single(contract => contract.ExternalKey == reference);
}
