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

/// <summary>
/// <c>kill -9</c> while messages of every class go out: none is lost, only reminders and confirmations that were on their way come twice, under one
/// Message-ID; formal and legal ones never do. <c>RELANCE_KILLS</c> (10) and <c>RELANCE_MESSAGES</c> (400) make it longer.
/// </summary>
public abstract class Killing_the_service(ITestOutputHelper output)
{
    private static readonly int s_kills = Setting("RELANCE_KILLS", 10), s_messages = Setting("RELANCE_MESSAGES", 400);

    private readonly Random _random = new(20261215);

    private protected abstract Dialect Dialect { get; }

    [Fact]
    public async Task Again_and_again_loses_nothing_and_doubles_only_what_was_on_its_way()
    {
        await using var world = await CrashWorld.StartAsync(Dialect, s_messages, legal: s_messages / 8);
        await world.MixClassesAsync();
        var kills = new List<Kill>();
        for (var n = 0; n < s_kills; n++)
            kills.Add(await KillAsync(world, n));
        await FinishAsync(world);
        var again = await world.AnswerUnknownAsync(Delivered(await Mailbox.ReadAsync(world.Mail, 1)));
        await FinishAsync(world);
        var mailbox = await Mailbox.ReadAsync(world.Mail, s_messages);
        Print(kills, mailbox, again);
        EverybodyGotOneMessage(mailbox);
        OnlyWhatWasOnItsWayCameTwice(kills, mailbox);
        await NothingFormalCameTwiceAsync(world, mailbox);
        await TheRecordsAreWholeAsync(world, kills);
    }

    private static HashSet<string> Delivered(Mailbox mailbox) => [.. mailbox.Ids.Select(id => id[..id.IndexOf('@', StringComparison.Ordinal)])];

    private static async Task NothingFormalCameTwiceAsync(CrashWorld world, Mailbox mailbox)
    {
        foreach (var kind in new[] { "formal", "legal" })
        {
            var ids = await world.IdsAsync(kind);
            ids.Count.ShouldBeGreaterThan(s_messages / 10);
            mailbox.Surplus.Keys.Where(id => ids.Contains(id[..id.IndexOf('@', StringComparison.Ordinal)])).ShouldBeEmpty(kind);
        }
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
        var enough = world.Relay.Accepted + _random.Next(2, Math.Max(3, s_messages / s_kills / 2));
        await serve.UntilAsync("mail going out", () => world.Relay.Accepted >= enough);
        await Task.Delay(_random.Next(30));
    }

    private static async Task FinishAsync(CrashWorld world)
    {
        using var serve = world.Serve("TERM");
        await serve.UntilAsync("every message sent", async () => await world.CountAsync("message WHERE state NOT IN ('sent', 'unknown')") == 0);
    }

    private static void EverybodyGotOneMessage(Mailbox mailbox)
    {
        mailbox.IdsByRecipient.Select(person => person.Key).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(1, s_messages).Select(i => $"client{i:0000}@client.example"));
        mailbox.IdsByRecipient.ShouldAllBe(person => person.Distinct(StringComparer.Ordinal).Count() == 1);
        mailbox.Ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(s_messages);
    }

    private static void OnlyWhatWasOnItsWayCameTwice(List<Kill> kills, Mailbox mailbox)
    {
        kills.Count(kill => kill.InFlight.Count > 0).ShouldBeGreaterThanOrEqualTo(s_kills / 4);
        kills.ShouldAllBe(kill => kill.InFlight.Count <= CrashWorld.PoolSize);
        foreach (var (id, surplus) in mailbox.Surplus)
            surplus.ShouldBeLessThanOrEqualTo(kills.Count(kill => kill.InFlight.Contains(id[..id.IndexOf('@', StringComparison.Ordinal)])), id);
        // Held answers stood for mail already taken: without doubles, this test would not have hit the gap.
        mailbox.Surplus.Count.ShouldBeGreaterThanOrEqualTo(Math.Max(1, s_kills / 5));
    }

    private static async Task TheRecordsAreWholeAsync(CrashWorld world, List<Kill> kills)
    {
        (await world.CountAsync("message WHERE state = 'sent'")).ShouldBe(s_messages);
        (await world.CountAsync("reminder WHERE state = 'sent'")).ShouldBe(s_messages);
        (await world.CountAsync("journal WHERE kind IN ('sent', 'delivered-by-word')")).ShouldBe(s_messages);
        (await world.CountAsync("journal WHERE kind = 'unknown'")).ShouldBe(kills.Sum(kill => kill.InFlight.Count));
        (await world.FirstBrokenAsync()).ShouldBeNull();
    }

    private void Print(List<Kill> kills, Mailbox mailbox, int again)
    {
        foreach (var (kill, n) in kills.Select((kill, n) => (kill, n + 1)))
            output.WriteLine($"{Dialect} kill {n,2}: {kill.InFlight.Count} on their way ({kill.When})");
        output.WriteLine($"{Dialect}: {s_messages} messages of four classes, {mailbox.Ids.Count} mails, {mailbox.IdsByRecipient.Count} people, {mailbox.Surplus.Values.Sum()} doubles, {kills.Sum(kill => kill.InFlight.Count)} were on their way, {again} sent again by a person");
    }

    private static int Setting(string name, int value) => int.TryParse(Environment.GetEnvironmentVariable(name), out var set) ? set : value;
}
