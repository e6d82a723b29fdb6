using System.IO.Compression;
using System.Security.Cryptography.X509Certificates;
using Relance.Evidence;
using Relance.Evidence.Checking;
using Relance.Storage;
using Relance.Tests.Agency;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Evidence;

/// <summary>Two clients with a contract each, and their first notices sent.</summary>
public abstract class EvidenceTests(Dialect dialect) : AgencyTests(dialect)
{
    protected const string Other = "loic.benali@autre.example";

    protected string Mine { get; private set; } = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        World.Buy(Start, client: World.Shop.AddCustomer(Other, "Loïc", "Benali"));
        await World.PlayAsync(Day0);
        Mine = await World.ValueAsync<string>("SELECT c.id FROM contract c JOIN client cl ON cl.id = c.client_id WHERE cl.email = 'jeanne@client.example'") ?? "";
        World.Catcher.Mails.Count.ShouldBe(2, "a notice each");
    }

    protected async Task<(byte[] Zip, DossierReport Report)> ExportAsync(bool pdf = false, string locale = "fr")
    {
        using var zip = new MemoryStream();
        var report = await Of<Dossiers>().WriteAsync(Mine, zip, locale, pdf, Ct);
        return (zip.ToArray(), report);
    }

    internal static Dictionary<string, byte[]> Files(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            return content.ToArray();
        });
    }

    internal static async Task<DossierVerdict> VerifyAsync(byte[] zip, X509Certificate2Collection? authorities = null)
    {
        using var stream = new MemoryStream(zip, writable: false);
        return await DossierCheck.VerifyAsync(stream, authorities, CancellationToken.None);
    }
}
