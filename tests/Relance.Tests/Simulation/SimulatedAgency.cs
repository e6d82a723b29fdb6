using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Relance.Demo.Mail;
using Relance.Demo.Shop;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;
using Relance.Tests.Servers;

namespace Relance.Tests.Simulation;

/// <summary>
/// The whole service in process, job bodies and all, with a fake WooCommerce over HTTP and a mail server over SMTP. The shop and the mailbox
/// live on true time; the service on its own clock, which trouble moves. Its shop counts as a real one, so that a wrong clock holds reminders.
/// </summary>
internal sealed class SimulatedAgency : IAsyncDisposable
{
    private static readonly TimeZoneInfo s_paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    // After midnight, three times in the morning (the window is 9:00 to 10:00), after noon, in the evening.
    private static readonly TimeOnly[] s_rounds = [new(0, 10), new(8, 20), new(9, 2), new(9, 40), new(14, 0), new(18, 30)];

    private readonly string _folder = Directory.CreateTempSubdirectory("relance-simulation-").FullName;
    private readonly SimulatedClock _true;
    private readonly SimulatedClock _own;
    private readonly PriorityQueue<Action, (DateTimeOffset At, int Number)> _acts = new();
    private WebApplication _app = null!;

    private SimulatedAgency(DateTimeOffset start)
    {
        (_true, _own) = (new(start), new(start));
        Catcher = new SmtpCatcher(_true);
    }

    public SmtpCatcher Catcher { get; }

    public FakeShop Shop { get; private set; } = null!;

    public Database Database => Of<Database>();

    /// <summary>When the service works on a day.</summary>
    public IReadOnlyList<TimeOnly> Rounds { get; set; } = s_rounds;

    /// <summary>What people do with the service, right before each of its rounds, at true time; while it is down they wait.</summary>
    public Func<DateTimeOffset, Task> People { get; set; } = _ => Task.CompletedTask;

    public T Of<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, s_paris).DateTime);

    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new Relance.Domain.Calendar.BusinessCalendar(s_paris, Relance.Domain.Calendar.SendingWindow.Default).At(day, time);

    /// <summary>Sets everything up: the shop has what <paramref name="seed"/> puts into it, is linked and live.</summary>
    public static async Task<SimulatedAgency> StartAsync(string database, DateOnly from, Action<SimulatedAgency> seed, params string[] settings)
    {
        var start = At(from, new(0, 1));
        var agency = new SimulatedAgency(start);
        agency.Shop = await FakeShop.StartAsync(new() { Start = start, Speed = 0, OAuthClock = agency._own, MailsPaidOrders = false, HasSubscriptions = false });
        seed(agency);
        agency._app = RelanceApp.Build([.. agency.Settings(database, settings)], new Clocks(agency._own, agency._own));
        await Migrator.MigrateAsync(agency.Database);
        await agency._app.StartAsync();
        await agency.Of<ShopLinker>().AddAsync(
            new LinkRequest(agency.Shop.Url.ToString(), agency.Shop.Options.Key, agency.Shop.Options.Secret, AllowPrivate: true, Test: true, Mode: "live"), default);
        await agency.Database.WriteAsync(s => s.ExecuteAsync("UPDATE shop SET test = 0"));
        return agency;
    }

    /// <summary>What a client will do in the shop at an instant.</summary>
    public void Later(DateTimeOffset at, Action act) => _acts.Enqueue(act, (at, _acts.Count));

    /// <summary>Lives one day through.</summary>
    public async Task LiveAsync(DateOnly day, Trouble? trouble)
    {
        foreach (var round in Rounds.Select(time => At(day, time)))
        {
            _true.Set(round);
            Act(round);
            await Shop.DrainWebhooksAsync(early: true);
            if (trouble?.Kind != Trouble.Service)
                await WorkAsync(round, trouble?.Kind);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Shop.DisposeAsync();
        await Catcher.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WorkAsync(DateTimeOffset round, string? trouble)
    {
        _own.Set(round + trouble switch { Trouble.ClockAhead => TimeSpan.FromHours(26), Trouble.ClockBehind => TimeSpan.FromHours(-26), _ => TimeSpan.Zero });
        Catcher.Deferral = trouble == Trouble.Mail ? "451 4.3.0 Try again later" : null;
        if (trouble == Trouble.Shop)
            Shop.Fail(new ShopFaultRule(ShopFaultKind.Maintenance));
        var jobs = Of<Jobs>();
        await jobs.CheckLinksAsync(default);
        await jobs.SyncAsync(default);
        await People(round);
        await jobs.RoundAsync(default);
        Shop.Heal();
    }

    // What clients do falls due between two rounds, each at its own instant.
    private void Act(DateTimeOffset until)
    {
        while (_acts.TryPeek(out var act, out var due) && due.At <= until)
        {
            _acts.Dequeue();
            Shop.AdvanceTo(due.At);
            act();
            Shop.Tick();
        }

        Shop.AdvanceTo(until);
    }

    private IEnumerable<string> Settings(string database, IEnumerable<string> more)
    {
        var url = $"http://127.0.0.1:{OwnedProcess.FreePort()}";
        string[] settings =
        [
            $"Database={database}", $"DataFolder={_folder}", $"Urls={url}", $"PublicUrl={url}", "Smtp:Host=127.0.0.1", $"Smtp:Port={Catcher.Port}", "Smtp:Security=none",
            "Smtp:From=maintenance@agence.example", "Sender:TradeName=Agence Démo", "Sender:Email=bonjour@agence.example", .. more,
        ];
        return settings.Select(setting => $"--Relance:{setting}").Append("--Logging:Console:LogLevel:Default=None");
    }
}
