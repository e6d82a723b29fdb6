using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Relance.Channels.Email;
using Relance.Demo.Mail;
using Relance.Operations;
using Relance.Operations.Heartbeats;
using Relance.Operations.Observing;
using Relance.Storage;
using Relance.Tests.Servers;
using Relance.Tests.Storage;

namespace Relance.Tests.Operations;

public abstract class Jobs_are_watched(Dialect dialect) : StorageTests(dialect)
{
    private static readonly ScheduledJob s_good = ScheduledJob.Of("good", TimeSpan.FromMinutes(1));
    private static readonly ScheduledJob s_bad = ScheduledJob.Of("bad", TimeSpan.FromMinutes(1));
    private readonly MovedClock _clock = new(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero), 0, TimeProvider.System);
    private readonly LogBook _log = new();

    [Fact]
    public async Task A_job_that_fails_is_logged_once_and_counted_and_the_others_go_on()
    {
        var (beats, runner) = Watch();
        for (var n = 0; n < 3; n++)
        {
            await runner.RunAsync(new BadJob(), default);
            await runner.RunAsync(new GoodJob(), default);
        }
        beats.All["bad"].Failures.ShouldBe(3);
        beats.All["bad"].Outcome.ShouldBe(nameof(InvalidOperationException));
        beats.All["good"].Outcome.ShouldBe("ok");
        _log.Lines.Count(line => line.Contains("kaputt", StringComparison.Ordinal)).ShouldBe(1, "the exception itself once");
        _log.Lines.Count(line => line.Contains("The job bad", StringComparison.Ordinal)).ShouldBe(2, "at the first and the second");
    }

    [Fact]
    public async Task A_stop_of_the_service_is_no_failure()
    {
        var (beats, runner) = Watch();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => runner.RunAsync(new GoodJob(), stopped.Token));
        beats.All["good"].Failures.ShouldBe(0);
        _log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_alarm_per_incident_again_each_day_and_a_word_when_it_is_over()
    {
        await using var catcher = new SmtpCatcher(_clock);
        var (beats, runner) = Watch();
        using var ping = new Ping(Settings(catcher.Port), Clock, _log.For<Ping>());
        var heartbeat = Heartbeat(beats, catcher.Port, ping);
        await HourAsync(minutes: 14);
        catcher.Mails.ShouldBeEmpty("within its limit");
        await HourAsync(minutes: 30);
        catcher.Mails.ShouldHaveSingleItem().Text.ShouldContain("« bad »");
        catcher.Mails[0].To.ShouldContain("alarme@agence.example");
        (await OpenTasksAsync()).ShouldBe(1);
        for (var hour = 0; hour < 24; hour++)
            await HourAsync(60);
        catcher.Mails.Count.ShouldBe(2, "again after a day");

        beats.Started("bad");
        beats.Succeeded("bad");
        await heartbeat.RunAsync(default);
        catcher.Mails.Count.ShouldBe(3);
        catcher.Mails[2].Subject.ShouldContain("rétabli");
        (await OpenTasksAsync()).ShouldBe(0);
        await heartbeat.RunAsync(default);
        catcher.Mails.Count.ShouldBe(3);
        (await ValueAsync<long>("SELECT failures FROM job_run WHERE job = 'bad'")).ShouldBe(0);

        async Task HourAsync(int minutes)
        {
            for (var minute = 0; minute < minutes; minute += 5)
            {
                _clock.Set(_clock.GetUtcNow().AddMinutes(Math.Min(5, minutes - minute)));
                await runner.RunAsync(new GoodJob(), default);
                await runner.RunAsync(new BadJob(), default);
                await heartbeat.RunAsync(default);
            }
        }
    }

    [Fact]
    public async Task Where_no_mail_can_leave_a_task_the_log_and_health_say_it()
    {
        var (beats, runner) = Watch();
        var settings = Settings(OwnedProcess.FreePort());
        var alarms = Alarms(settings);
        var heartbeat = Heartbeat(beats, settings, alarms);
        _clock.Set(_clock.GetUtcNow().AddHours(1));
        await runner.RunAsync(new GoodJob(), default);
        await runner.RunAsync(new BadJob(), default);
        await heartbeat.RunAsync(default);
        (await OpenTasksAsync()).ShouldBe(1);
        alarms.Unheard.ShouldBeTrue();
        _log.Lines.ShouldContain(line => line.Contains("An alarm could not be mailed", StringComparison.Ordinal));
        var tried = _log.Lines.Count;
        await heartbeat.RunAsync(default);
        _log.Lines.Count.ShouldBe(tried, "not again within ten minutes");
        _clock.Set(_clock.GetUtcNow().AddMinutes(11));
        await heartbeat.RunAsync(default);
        _log.Lines.Count.ShouldBeGreaterThan(tried);
    }

    [Fact]
    public async Task Another_service_that_does_the_work_is_enough()
    {
        var (beats, _) = Watch();
        var settings = Settings(OwnedProcess.FreePort());
        var heartbeat = Heartbeat(beats, settings, Alarms(settings));
        _clock.Set(_clock.GetUtcNow().AddHours(1));
        foreach (var job in (string[])["good", "bad"])
            await ExecuteAsync("INSERT INTO job_run (job, started_at, succeeded_at) VALUES (@job, 0, @At)", new { job, At = _clock.GetUtcNow().AddMinutes(-1).Millis() });
        (await heartbeat.RunAsync(default)).ShouldBe(0);
        (await OpenTasksAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_monitor_outside_is_called_only_while_all_is_well()
    {
        await using var monitor = await Listener.StartAsync();
        var (beats, runner) = Watch();
        var settings = Settings(OwnedProcess.FreePort()) with { Alarm = new() { PingUrl = new Uri(monitor.Url, "ping/secret-token"), PingAllowPrivate = true } };
        using var ping = new Ping(settings, Clock, _log.For<Ping>());
        var heartbeat = new HeartbeatJob(Database, beats, Alarms(settings), ping, new QueueDepths(Database, settings, Clock), Clock);
        await heartbeat.RunAsync(default);
        await heartbeat.RunAsync(default);
        monitor.Paths.ShouldBe(["/ping/secret-token"], "once a minute");
        _clock.Set(_clock.GetUtcNow().AddHours(1));
        await runner.RunAsync(new GoodJob(), default);
        await heartbeat.RunAsync(default);
        monitor.Paths.Count.ShouldBe(1, "a job is stale");
        await runner.RunAsync(new GoodJob(), default);
        beats.Succeeded("bad");
        await monitor.DisposeAsync();
        await heartbeat.RunAsync(default);
        _log.Lines.ShouldContain(line => line.Contains("does not answer our ping", StringComparison.Ordinal));
        _log.Lines.ShouldAllBe(line => !line.Contains("secret-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_is_red_while_a_job_is_stale_and_tells_its_age()
    {
        var (beats, _) = Watch();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Database).AddSingleton(beats).AddSingleton(Alarms(Settings(OwnedProcess.FreePort()))).AddSingleton(Clock);
        await using var app = builder.Build();
        app.MapHealth();
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        (await http.GetAsync(new Uri("health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);

        _clock.Set(_clock.GetUtcNow().AddMinutes(16));
        beats.Succeeded("good");
        var red = await http.GetAsync(new Uri("health/ready", UriKind.Relative));
        red.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var said = JsonNode.Parse(await red.Content.ReadAsStringAsync())!;
        said["status"]!.ToString().ShouldBe("stale");
        said["jobs"]!.AsArray().ToDictionary(job => $"{job!["job"]}", job => job!["secondsSinceSuccess"]!.GetValue<long>()).ShouldBe(new Dictionary<string, long> { ["good"] = 0, ["bad"] = 960 });
        beats.Succeeded("bad");
        (await http.GetAsync(new Uri("health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("http://localhost:9000/")]
    [InlineData("ftp://monitor.example/")]
    public void A_ping_never_leads_inside(string url)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationBuilder();
        Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(configuration, [new("Relance:Alarm:PingUrl", url)]);
        Should.Throw<SettingsException>(() => SettingsLoader.Load(configuration.Build())).Faults.ShouldHaveSingleItem().ShouldStartWith("Relance:Alarm:PingUrl");
    }

    private Clocks Clock => new(_clock, _clock);

    private (Beats Beats, JobRunner Runner) Watch()
    {
        var beats = new Beats([s_good, s_bad], Clock);
        return (beats, new JobRunner(beats, Clock, _log.For<JobRunner>()));
    }

    private RelanceSettings Settings(int smtpPort) => new()
    {
        Smtp = new() { Host = "127.0.0.1", Port = smtpPort, Security = SmtpSecurity.None, From = "relance@agence.example" },
        Alarm = new() { To = "alarme@agence.example" },
    };

    private Alarms Alarms(RelanceSettings settings) =>
        new(Database, new AlarmMail(new SmtpChannel(settings.Smtp.ToOptions(), TimeProvider.System), settings, Clock, _log.For<AlarmMail>()), Clock, _log.For<Alarms>());

    private HeartbeatJob Heartbeat(Beats beats, int smtpPort, Ping ping) =>
        new(Database, beats, Alarms(Settings(smtpPort)), ping, new QueueDepths(Database, Settings(smtpPort), Clock), Clock);

    private HeartbeatJob Heartbeat(Beats beats, RelanceSettings settings, Alarms alarms) =>
        new(Database, beats, alarms, new Ping(settings, Clock, _log.For<Ping>()), new QueueDepths(Database, settings, Clock), Clock);

    private Task<long> OpenTasksAsync() => ValueAsync<long>("SELECT COUNT(*) FROM task WHERE kind = 'alarm' AND state = 'open'")!;

    private sealed class BadJob : IJobBody
    {
        public Task<int> RunAsync(CancellationToken ct) => throw new InvalidOperationException("kaputt");
    }

    private sealed class GoodJob : IJobBody
    {
        public Task<int> RunAsync(CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            return Task.FromResult(1);
        }
    }
}

public sealed class Jobs_are_watched_in_SQLite() : Jobs_are_watched(Dialect.Sqlite);

public sealed class Jobs_are_watched_in_PostgreSQL() : Jobs_are_watched(Dialect.Postgres);
