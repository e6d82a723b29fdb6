using System.Globalization;
using Relance.Tests.Cli;
using Relance.Tests.Servers;

namespace Relance.Tests.ThreeProcesses;

/// <summary>A shop linked by the command line, and <c>relance serve</c> as a process of its own, on SQLite.</summary>
internal sealed class ServeProcess : IDisposable
{
    private readonly OwnedProcess _process;
    private readonly HttpClient _http;

    private ServeProcess(OwnedProcess process, int port) =>
        (_process, _http) = (process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") });

    /// <summary>What it logged so far.</summary>
    public string Log => _process.Output;

    /// <summary>Links the shop as a live test shop, as of an instant, and starts serving from there.</summary>
    /// <param name="data">Folder of the database; it outlives the process.</param>
    public static async Task<ServeProcess> StartAsync(ShopProcess shop, int mailPort, string data, DateTimeOffset start, double speed, params string[] more)
    {
        var port = OwnedProcess.FreePort();
        var clock = start.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        string[] settings = [.. Settings(mailPort, port, data).Concat(more).SelectMany(s => new[] { "--set", s })];
        using var relance = new RelanceProcess();
        var added = await relance.RunAsync(shop.Secret, ["shop", "add", "--url", shop.Url, "--key", shop.Key, "--allow-private-address", "--test", "--mode", "live", "--clock", clock, .. settings]);
        added.Code.ShouldBe(0, added.Error);

        var process = OwnedProcess.Start(OwnedProcess.NewFolder("serve"), "TERM",
            ["dotnet", typeof(Program).Assembly.Location, "serve", "--clock", clock, "--speed", speed.ToString(CultureInfo.InvariantCulture), .. settings]);
        var serve = new ServeProcess(process, port);
        await process.ReadyAsync(serve.AnswersAsync);
        return serve;
    }

    /// <summary>Where its business clock stands.</summary>
    public async Task<DateTimeOffset> ClockAsync()
    {
        using var answer = await _http.GetAsync(new Uri("health/ready", UriKind.Relative));
        return DateTimeOffset.Parse(answer.EnsureSuccessStatusCode().Headers.GetValues("Relance-Clock").Single(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return await ClockAsync() > default(DateTimeOffset);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Settings(int mailPort, int port, string data) =>
    [
        $"DataFolder={data}", $"Database=Data Source={Path.Combine(data, "relance.db")}", $"Urls=http://127.0.0.1:{port}", $"PublicUrl=http://127.0.0.1:{port}",
        "Smtp:Host=127.0.0.1", $"Smtp:Port={mailPort}", "Smtp:Security=none", "Smtp:From=maintenance@agence.example",
        "Sender:TradeName=Agence", "Sender:LegalForm=SARL", "Sender:Siren=732829320", "Sender:Address=4 rue de la République, 69001 Lyon",
        "Sender:Phone=+33 4 72 00 00 00", "Sender:Email=bonjour@agence.example", "Sender:Iban=FR7630006000011234567890189", "Sender:Bic=AGRIFRPP",
        "Products:0:Sku=MAINT-12", "Products:0:Months=12",
    ];
}
