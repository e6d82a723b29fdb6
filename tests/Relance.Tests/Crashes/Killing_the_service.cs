using Relance.Storage;
using Xunit.Abstractions;

namespace Relance.Tests.Crashes;

/// <summary>One kill: what had been handed to the mail server and not been written down.</summary>
/// <param name="When">The moment that was aimed at.</param>
/// <param name="InFlight">Message ids.</param>
internal sealed record Kill(string When, IReadOnlyList<string> InFlight);

[Collection("crashes")]
public sealed class Killing_the_service_on_SQLite(ITestOutputHelper output) : Killing_the_service(output)
{
    private protected override Dialect Dialect => Dialect.Sqlite;
}

[Collection("crashes")]
public sealed class Killing_the_service_on_PostgreSQL(ITestOutputHelper output) : Killing_the_service(output)
{
    private protected override Dialect Dialect => Dialect.Postgres;
}

/// <summary><c>kill -9</c> while reminders go out: none is lost, and only what was on its way comes twice, under one Message-ID.</summary>
public abstract class Killing_the_service(ITestOutputHelper output)
{
    private const int Reminders = 500;

    private readonly Random _random = new(20261215);

    private protected abstract Dialect Dialect { get; }

    [Fact]
    public async Task Ten_times_loses_no_reminder_and_doubles_only_those_on_their_way()
    {
        await using var world = await CrashWorld.StartAsync(Dialect, Reminders);
        var kills = new List<Kill>();
        for (var n = 0; n < 10; n++)
            kills.Add(await KillAsync(world, n));
        await FinishAsync(world);
        var mailbox = await Mailbox.ReadAsync(world.Mail, Reminders);
        Print(kills, mailbox);
        EverybodyGotOneReminder(mailbox);
        OnlyWhatWasOnItsWayCameTwice(kills, mailbox);
        await TheRecordsAreWholeAsync(world, kills);
    }

    private Task<Kill> KillAsync(CrashWorld world, int n) => (n % 3) switch
    {
        0 => KillAsync(world, "between hand-over and answer", HandedOverAsync),
        1 => KillAsync(world, "while sending", SendingAsync),
        _ => KillAsync(world, "right after claiming", (w, serve) => serve.UntilAsync("a claim", w.ClaimedAsync)),
    };

    private static async Task<Kill> KillAsync(CrashWorld world, string when, Func<CrashWorld, ServeProcess, Task> moment)
    {
        using (var serve = world.Serve("KILL"))
            await moment(world, serve);
        world.Relay.Release();
        var inFlight = await world.InFlightAsync();
        await world.LetLeasesEndAsync();
        return new(when, inFlight);
    }

    // The server has taken these messages, and the service will never hear of it.
    private async Task HandedOverAsync(CrashWorld world, ServeProcess serve)
    {
        await SendingAsync(world, serve);
        world.Relay.Hold();
        await serve.UntilAsync("an answer held back", () => world.Relay.Held > 0);
        await Task.Delay(_random.Next(300));
    }

    private async Task SendingAsync(CrashWorld world, ServeProcess serve)
    {
        var enough = world.Relay.Accepted + _random.Next(5, 40);
        await serve.UntilAsync("mail going out", () => world.Relay.Accepted >= enough);
        await Task.Delay(_random.Next(30));
    }

    private static async Task FinishAsync(CrashWorld world)
    {
        using var serve = world.Serve("TERM");
        await serve.UntilAsync("every message sent", async () => await world.CountAsync("message WHERE state <> 'sent'") == 0);
    }

    private static void EverybodyGotOneReminder(Mailbox mailbox)
    {
        mailbox.IdsByRecipient.Select(person => person.Key).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(1, Reminders).Select(i => $"client{i:000}@client.example"));
        mailbox.IdsByRecipient.ShouldAllBe(person => person.Distinct(StringComparer.Ordinal).Count() == 1);
        mailbox.Ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(Reminders);
    }

    private static void OnlyWhatWasOnItsWayCameTwice(List<Kill> kills, Mailbox mailbox)
    {
        kills.Count(kill => kill.InFlight.Count > 0).ShouldBeGreaterThanOrEqualTo(3);
        kills.ShouldAllBe(kill => kill.InFlight.Count <= CrashWorld.PoolSize);
        foreach (var (id, surplus) in mailbox.Surplus)
            surplus.ShouldBeLessThanOrEqualTo(kills.Count(kill => kill.InFlight.Contains(id[..id.IndexOf('@', StringComparison.Ordinal)])), id);
        // Held answers stood for mail already taken: without doubles, this test would not have hit the gap.
        mailbox.Surplus.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    private static async Task TheRecordsAreWholeAsync(CrashWorld world, List<Kill> kills)
    {
        (await world.CountAsync("message WHERE state = 'sent'")).ShouldBe(Reminders);
        (await world.CountAsync("reminder WHERE state = 'sent'")).ShouldBe(Reminders);
        (await world.CountAsync("journal WHERE kind = 'sent'")).ShouldBe(Reminders);
        (await world.CountAsync("journal WHERE kind = 'unknown'")).ShouldBe(kills.Sum(kill => kill.InFlight.Count));
        (await world.FirstBrokenAsync()).ShouldBeNull();
    }

    private void Print(List<Kill> kills, Mailbox mailbox)
    {
        foreach (var (kill, n) in kills.Select((kill, n) => (kill, n + 1)))
            output.WriteLine($"{Dialect} kill {n,2}: {kill.InFlight.Count} on their way ({kill.When})");
        output.WriteLine($"{Dialect}: {Reminders} reminders, {mailbox.Ids.Count} mails, {mailbox.IdsByRecipient.Count} people, {mailbox.Surplus.Values.Sum()} doubles, {kills.Sum(kill => kill.InFlight.Count)} were on their way");
    }
}
