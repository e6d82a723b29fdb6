using System.Globalization;
using System.Text.Json;
using Relance.Bench.Running;
using Relance.Demo.Shop;
using Relance.Tests.Servers;

namespace Relance.Bench.Reminders;

/// <summary>Due reminders per second, beside senders that only send: the same bytes, sink and number of connections.</summary>
internal static class ReminderRace
{
    /// <summary>A Tuesday, thirty days before the end of every term: the notice is due.</summary>
    private static readonly DateTimeOffset s_day = new(2026, 12, 15, 0, 0, 0, TimeSpan.FromHours(1));

    /// <summary>Reminders of the day before, which are not timed.</summary>
    private const int WarmUp = 1000;

    public static async Task RunAsync(RaceOptions options, Report report)
    {
        using var sink = await SmtpSink.StartAsync();
        await using var shop = await ShopAsync(options.Reminders);
        var results = new List<(string Database, ReminderResult Result)>();
        var body = Path.Combine(Path.GetTempPath(), $"relance-race-{Guid.CreateVersion7():N}.eml");
        try
        {
            foreach (var database in options.Databases)
                results.Add((database, await EngineAsync(database, options, shop, sink.Port, body)));
            var source = await SourceAsync(options, sink.Port, body);
            var node = await NodeAsync(options, sink.Port, body);
            report.Add(new("reminders", "smtp-source, sends only", options.Reminders / source, "messages/s", Details: $"{options.Connections} connections"));
            report.Add(new("reminders", "nodemailer pool, sends only", options.Reminders / node, "messages/s", source / node));
            foreach (var (database, r) in results)
                Add(report, options, database, r, source, node);
        }
        finally
        {
            File.Delete(body);
        }
    }

    private static void Add(Report report, RaceOptions options, string database, ReminderResult r, double source, double node)
    {
        if (r.Sent != options.Reminders)
            throw new InvalidOperationException($"{database}: {r.Sent} of {options.Reminders} reminders were sent.");
        var seconds = r.PlanSeconds + r.SendSeconds;
        report.Add(new("reminders", $"Relance on {database}, plan to journal", r.Sent / seconds, "reminders/s", source / seconds, string.Create(CultureInfo.InvariantCulture,
            $"{node / seconds:0.00} of nodemailer; plan {r.PlanSeconds:0.00} s, check to journal {r.SendSeconds:0.00} s; own processor {r.ProcessorSeconds:0.00} s; peak {r.PeakMegabytes:0} MB")));
    }

    private static async Task<FakeShop> ShopAsync(int reminders)
    {
        var shop = await FakeShop.StartAsync(new() { Start = s_day.AddDays(-1).AddHours(8), WebhookDelay = TimeSpan.FromDays(2) });
        var product = shop.AddProduct("Abonnement maintenance annuel", "ABO-12", 600m, "year");
        var nextPayment = s_day.AddDays(31).AddHours(10);
        shop.Together(() =>
        {
            for (var i = 1; i <= reminders + WarmUp; i++)
            {
                var customer = shop.AddCustomer($"client{i}@client.example", "Élodie", $"N’Guyen {i}");
                var payment = i <= reminders ? nextPayment : nextPayment.AddDays(-1);
                shop.AddSubscription(new(customer, product, payment.AddYears(-1), payment));
            }
        });
        // A shop sells every day: what changed since the last pull is short, not last year's sales.
        shop.AddOrder(new(shop.AddCustomer("passant@client.example", "Jean", "Passant"), shop.AddProduct("Audit", "AUDIT", 300m), "processing", CreatedAt: s_day.AddDays(-2)));
        return shop;
    }

    private static async Task<ReminderResult> EngineAsync(string database, RaceOptions options, FakeShop shop, int smtp, string body)
    {
        using var stage = await Stage.CreateAsync(database);
        var result = await Child.RunAsync<ReminderResult>(["reminders", shop.Url.ToString(), shop.Options.Key, shop.Options.Secret, s_day.ToString("O", CultureInfo.InvariantCulture),
            .. stage.Settings("Urls=http://127.0.0.1:0", "Smtp:Host=127.0.0.1", $"Smtp:Port={smtp}", "Smtp:Security=none", $"Smtp:PoolSize={options.Connections}",
                "Smtp:From=maintenance@agence.example", "Outbox:BatchSize=100")]);
        File.Copy(result.Body, body, overwrite: true);
        return result;
    }

    private static async Task<double> SourceAsync(RaceOptions options, int port, string body)
    {
        var began = TimeProvider.System.GetTimestamp();
        await Child.RunAsync("smtp-source", ["-d", "-s", $"{options.Connections}", "-m", $"{options.Reminders}", "-f", "maintenance@agence.example", "-t", "client@client.example", "-F", body, $"127.0.0.1:{port}"]);
        return TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> NodeAsync(RaceOptions options, int port, string body)
    {
        var folder = Path.Combine(Repository.Root, "tests", "bench");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            await Child.RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], folder);
        var output = await Child.RunAsync("node", [Path.Combine(folder, "peers", "nodemailer.mjs"), $"{port}", $"{options.Connections}", $"{options.Reminders}", body]);
        return JsonDocument.Parse(output).RootElement.GetProperty("seconds").GetDouble();
    }
}
