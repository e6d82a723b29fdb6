using Microsoft.Extensions.DependencyInjection;
using Relance.Agency;
using Relance.Demo.Shop;
using Relance.Journal;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;
using Relance.Tests.Servers;
using Relance.Tests.Storage;

namespace Relance.Tests.Crashes;

/// <summary>A shop, a real mail server and a database with many reminders due this morning; the service itself is started by the test, and killed.</summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    /// <summary>Connections to the mail server, and so messages on their way at once.</summary>
    public const int PoolSize = 4;

    private const string Tacit = "ABO-12-TACITE";

    /// <summary>A Tuesday, thirty days before the end of every term: the notice is due.</summary>
    private static readonly DateTimeOffset s_dueDay = new(2026, 12, 15, 0, 0, 0, TimeSpan.FromHours(1));

    private readonly string _folder = Directory.CreateTempSubdirectory("relance-crash-").FullName;
    private readonly int _port = OwnedProcess.FreePort();
    private readonly TestDatabase _database;
    private readonly FakeShop _shop;
    private string _shopId = "";

    private CrashWorld(TestDatabase database, FakeShop shop, PostfixServer mail)
    {
        (_database, _shop, Mail) = (database, shop, mail);
        Relay = new HoldingRelay(mail.Port);
    }

    /// <summary>The mail server; its mailbox is what counts.</summary>
    public PostfixServer Mail { get; }

    /// <summary>The way to it.</summary>
    public HoldingRelay Relay { get; }

    /// <summary>Links and plans.</summary>
    /// <param name="legal">How many of the messages are legal notices of tacit renewals.</param>
    public static async Task<CrashWorld> StartAsync(Dialect dialect, int messages, int legal = 0)
    {
        // Webhooks come after the crash is over: following our own notes would only slow the test down.
        var shop = await FakeShop.StartAsync(new() { Start = s_dueDay.AddHours(8), WebhookDelay = TimeSpan.FromHours(2) });
        var world = new CrashWorld(await TestDatabase.CreateAsync(dialect), shop, await PostfixServer.StartAsync());
        world.Seed(messages, legal);
        await world.PlanAsync();
        (await world.CountAsync("message WHERE state = 'due' AND class = 'reminder'")).ShouldBe(messages - legal);
        (await world.CountAsync("message WHERE state = 'due' AND class = 'legal'")).ShouldBe(legal);
        return world;
    }

    /// <summary>Starts the service at 09:05 of the due day.</summary>
    /// <param name="signal">How it will end.</param>
    /// <param name="relay">Its way to the mail server; null: <see cref="Relay"/>.</param>
    public ServeProcess Serve(string signal, HoldingRelay? relay = null, int? port = null) =>
        ServeProcess.Start(signal, s_dueDay.AddHours(9).AddMinutes(5), Settings((relay ?? Relay).Port, port ?? _port));

    public Task<long> CountAsync(string rows) => _database.Database.ReadAsync(s => s.ValueAsync<long>($"SELECT COUNT(*) FROM {rows}"));

    /// <summary>Makes two in seven reminders confirmations and formal ones, and lets all go out among each other: each class has its own rule for what a crash leaves.</summary>
    public Task MixClassesAsync() => _database.Database.WriteAsync(async session =>
    {
        string[] classes = ["confirmation", "formal"];
        var ids = await session.QueryAsync<string>("SELECT id FROM message WHERE class = 'reminder' ORDER BY id");
        foreach (var (id, n) in ids.Select((id, n) => (id, n)).Where(message => message.n % 7 < classes.Length))
            await session.ExecuteAsync("UPDATE message SET class = @Class WHERE id = @id", new { id, Class = classes[n % 7] });
        await session.ExecuteAsync("UPDATE message SET rank = 0");
    });

    /// <summary>The messages of a class.</summary>
    public async Task<IReadOnlySet<string>> IdsAsync(string kind) =>
        (await _database.Database.ReadAsync(s => s.QueryAsync<string>("SELECT id FROM message WHERE class = @kind", new { kind }))).ToHashSet(StringComparer.Ordinal);

    /// <summary>A person asks the mail server about each message whose outcome is unknown, and says what it said; returns how many were sent again.</summary>
    public async Task<int> AnswerUnknownAsync(IReadOnlyCollection<string> delivered)
    {
        await using var app = RelanceApp.Build([.. Settings(Relay.Port, _port).Select(s => $"--Relance:{s}")], new Clocks(new MovedClock(s_dueDay.AddHours(9).AddMinutes(6), 1, TimeProvider.System), TimeProvider.System));
        var tasks = app.Services.GetRequiredService<AgencyTasks>();
        var open = await _database.Database.ReadAsync(s => s.QueryAsync<OpenTask>(
            "SELECT t.id AS Id, m.id AS Message FROM message m LEFT JOIN task t ON t.subject_id = m.id AND t.kind = 'outcome-unknown' AND t.state = 'open' WHERE m.state = 'unknown'"));
        open.ShouldAllBe(task => task.Id.Length > 0, "a message of unknown outcome has no open task: it would be lost");
        foreach (var task in open)
            await tasks.CloseAsync(task.Id, delivered.Contains(task.Message) ? TaskOutcomes.Delivered : TaskOutcomes.SendAgain, new Actor("person", "Camille"), default);
        return open.Count(task => !delivered.Contains(task.Message));
    }

    private sealed class OpenTask
    {
        public string Id { get; init; } = "";
        public string Message { get; init; } = "";
    }

    /// <summary>Whether a living process holds messages; leases that have ended are a former one's.</summary>
    public async Task<bool> ClaimedAsync() => await CountAsync($"message WHERE state = 'sending' AND lease_until > {TimeProvider.System.GetUtcNow().Millis()}") > 0;

    /// <summary>The messages that the last process handed over and whose outcome it did not write down.</summary>
    public Task<IReadOnlyList<string>> InFlightAsync() => _database.Database.ReadAsync(s => s.QueryAsync<string>(
        """
        SELECT m.id FROM message m JOIN attempt a ON a.message_id = m.id AND a.n = m.attempt
        WHERE m.state = 'sending' AND m.lease_until > @Now AND a.handed_at IS NOT NULL AND a.finished_at IS NULL
        """, new { Now = TimeProvider.System.GetUtcNow().Millis() }));

    /// <summary>Fifteen minutes pass for the leases of a dead process: nobody else looks at them meanwhile.</summary>
    public Task LetLeasesEndAsync() => _database.Database.WriteAsync(s => s.ExecuteAsync(
        "UPDATE message SET lease_until = lease_until - @Lease WHERE state = 'sending'", new { Lease = (long)TimeSpan.FromMinutes(15).TotalMilliseconds }));

    public Task<long?> FirstBrokenAsync() => _database.Database.ReadAsync(s => JournalWriter.FirstBrokenAsync(s, _shopId));

    public async ValueTask DisposeAsync()
    {
        Relay.Dispose();
        Mail.Dispose();
        await _shop.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // The legal notice of a term that ends in three months, with a notice period of one, is due two months before the last day to refuse: today.
    private void Seed(int messages, int legal)
    {
        var (ordinary, tacit) = (_shop.AddProduct("Abonnement maintenance annuel", "ABO-12", 600m, "year"), _shop.AddProduct("Abonnement maintenance tacite", Tacit, 600m, "year"));
        for (var i = 1; i <= messages; i++)
        {
            var customer = _shop.AddCustomer($"client{i:0000}@client.example", "Élodie", $"N’Guyen {i}");
            var (product, nextPayment) = i <= legal ? (tacit, s_dueDay.AddMonths(3).AddDays(1).AddHours(10)) : (ordinary, s_dueDay.AddDays(31).AddHours(10));
            _shop.AddSubscription(new(customer, product, nextPayment.AddYears(-1), nextPayment));
        }
    }

    // The job bodies themselves, up to the outbox; sending is left to the process that will be killed.
    private async Task PlanAsync()
    {
        var clock = new MovedClock(s_dueDay.AddHours(8), 1, TimeProvider.System);
        await using var app = RelanceApp.Build([.. Settings(Relay.Port, _port).Select(s => $"--Relance:{s}")], new Clocks(clock, TimeProvider.System));
        await app.StartAsync();
        var link = new LinkRequest(_shop.Url.ToString(), _shop.Options.Key, _shop.Options.Secret, AllowPrivate: true, Test: true, Mode: "live");
        _shopId = (await app.Services.GetRequiredService<ShopLinker>().AddAsync(link, default)).Id;
        var jobs = app.Services.GetRequiredService<Jobs>();
        await jobs.SyncAsync(default);
        await jobs.PlanAsync(default);
        await app.StopAsync();
    }

    private IEnumerable<string> Settings(int smtpPort, int port) =>
    [
        $"Database={_database.ConnectionString}", $"DataFolder={_folder}", $"Urls=http://127.0.0.1:{port}", $"PublicUrl=http://127.0.0.1:{_port}",
        "Smtp:Host=127.0.0.1", $"Smtp:Port={smtpPort}", "Smtp:Security=none", $"Smtp:PoolSize={PoolSize}", "Smtp:From=maintenance@agence.example",
        "Sender:TradeName=Agence du Rhône", "Sender:Email=bonjour@agence.example", "DailyCeiling=5000",
        $"Products:0:Sku={Tacit}", "Products:0:Months=12", "Products:0:Tacit=true", "Products:0:Notice=P1M",
    ];
}
