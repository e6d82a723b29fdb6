using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Relance.Bench.Running;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;
using Relance.Tests.Servers;

namespace Relance.Bench.Webhooks;

/// <summary>Signed deliveries accepted durably per second by the service, beside endpoints that do less. The load comes from this process.</summary>
internal static class WebhookRace
{
    private const string ShopId = "race";

    public static async Task RunAsync(RaceOptions options, Report report)
    {
        var (bare, line) = await BareAsync(options);
        Add(report, "endpoint that only answers 200", bare, null);
        Add(report, "endpoint that fsyncs a line, grouped", line, bare);
        foreach (var database in options.Databases)
            Add(report, $"Relance on {database}, verified and stored", await ServiceAsync(options, database), bare);
    }

    private static void Add(Report report, string what, LoadResult load, LoadResult? peer) => report.Add(new(
        "webhooks", what, load.PerSecond, "deliveries/s", load.PerSecond / peer?.PerSecond, string.Create(CultureInfo.InvariantCulture, $"median {load.Median:0.0} ms, p99 {load.P99:0.0} ms")));

    private static async Task<LoadResult> LoadAsync(RaceOptions options, int port, string path)
    {
        await LoadGenerator.RunAsync(port, Deliveries.Make(options.Webhooks / 4, 1, path));
        return await LoadGenerator.RunAsync(port, Deliveries.Make(options.Webhooks, options.Webhooks, path));
    }

    private static async Task<(LoadResult Bare, LoadResult Line)> BareAsync(RaceOptions options)
    {
        var file = Path.GetTempFileName();
        var port = OwnedProcess.FreePort();
        using var server = Process.Start(new ProcessStartInfo("dotnet", [typeof(Race).Assembly.Location, "child", "bare", $"{port}", file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        try
        {
            await server.StandardOutput.ReadLineAsync();
            return (await LoadAsync(options, port, "/bare/race"), await LoadAsync(options, port, "/line/race"));
        }
        finally
        {
            await Service.StopAsync(server);
            File.Delete(file);
        }
    }

    private static async Task<LoadResult> ServiceAsync(RaceOptions options, string database)
    {
        using var stage = await Stage.CreateAsync(database);
        var port = OwnedProcess.FreePort();
        var settings = stage.Settings($"Urls=http://127.0.0.1:{port}");
        await LinkAsync(settings);
        using var serve = Service.Start(options.Service, settings);
        try
        {
            await Service.HealthyAsync(serve, port);
            var load = await LoadAsync(options, port, $"/webhooks/woocommerce/{ShopId}");
            await using var db = stage.Open();
            var stored = await db.ReadAsync(s => s.ValueAsync<long>("SELECT COUNT(*) FROM inbox"));
            return stored == options.Webhooks + options.Webhooks / 4 ? load : throw new InvalidOperationException($"{database}: {stored} deliveries are stored.");
        }
        finally
        {
            await Service.StopAsync(serve);
        }
    }

    // The shop itself is silent: only intake is measured, and what was taken waits.
    private static async Task LinkAsync(IEnumerable<string> settings)
    {
        await using var app = RelanceApp.Build([.. settings.Select(setting => $"--Relance:{setting}")], Clocks.RealTime);
        var secrets = app.Services.GetRequiredService<Secrets>();
        await app.Services.GetRequiredService<Database>().WriteAsync(s => LinkStore.AddAsync(s, new()
        {
            Id = ShopId,
            Url = "http://127.0.0.1:9/",
            Name = "Course",
            Tz = "Europe/Paris",
            Currency = "EUR",
            Mode = "dry",
            Test = 1,
            AllowPrivate = 1,
            Auth = "basic",
            KeySecret = secrets.Protect("ck_race:cs_race"),
            WebhookSecret = secrets.Protect(Deliveries.Secret),
            BaselineOn = "2026-01-01",
        }, Clocks.RealTime.Now));
    }
}
