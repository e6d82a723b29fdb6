using System.IO.Compression;
using System.Text;
using Relance.Privacy;
using Relance.Storage;
using Relance.Tests.Agency;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Privacy;

/// <summary>A client with one contract whose notice was sent, and somebody else.</summary>
public abstract class PrivacyTests(Dialect dialect) : AgencyTests(dialect)
{
    protected const string Address = "jeanne@client.example";
    protected const string Reason = "Demande reçue par courrier";

    protected Erasure Erasure => Of<Erasure>();

    protected string ClientId { get; private set; } = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        World.Buy(Start, client: World.Shop.AddCustomer("loic@autre.example", "Loïc", "Benali"));
        await World.PlayAsync(Day0);
        ClientId = await World.ValueAsync<string>($"SELECT id FROM client WHERE email = '{Address}'") ?? "";
    }

    protected async Task EndAsync() => await Of<Relance.Agency.ContractActions>().EndAsync(
        (await World.ValueAsync<string>($"SELECT id FROM contract WHERE client_id = '{ClientId}' AND standing <> 'ended'"))!, "Site fermé, dit Jeanne Lefèvre", Camille, Ct);

    /// <summary>Every text of every table that holds one of these words; bytes that are kept included.</summary>
    protected async Task<IReadOnlyList<string>> WhereAsync(params string[] words)
    {
        var found = new List<string>();
        await World.Database.ReadAsync(async session =>
        {
            foreach (var table in await Relance.Operations.Backup.TableCatalogue.InOrderAsync(session))
            {
                foreach (var row in await session.QueryAsync<dynamic>($"SELECT * FROM \"{table}\""))
                {
                    foreach (var (column, value) in (IDictionary<string, object?>)row)
                    {
                        var text = value switch { byte[] bytes => Encoding.UTF8.GetString(bytes), _ => value?.ToString() ?? "" };
                        if (Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase) || text.Contains(Uri.EscapeDataString(word), StringComparison.OrdinalIgnoreCase)))
                            found.Add($"{table}.{column}");
                    }
                }
            }
            return true;
        });
        return found;
    }

    protected async Task<Dictionary<string, byte[]>> ExportAsync(string who)
    {
        using var zip = new MemoryStream();
        await Of<PersonExport>().WriteZipAsync(who, zip, Ct);
        zip.Position = 0;
        using var archive = new ZipArchive(zip);
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            return content.ToArray();
        });
    }
}
