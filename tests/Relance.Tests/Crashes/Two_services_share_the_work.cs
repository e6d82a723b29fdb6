using Relance.Storage;
using Relance.Tests.Servers;
using Xunit.Abstractions;

namespace Relance.Tests.Crashes;

/// <summary>Two processes on one PostgreSQL database, as on two machines.</summary>
[Collection("crashes")]
public sealed class Two_services_share_the_work(ITestOutputHelper output)
{
    private const int Reminders = 300;

    [Fact]
    public async Task Three_hundred_reminders_leave_once_each_through_both()
    {
        await using var world = await CrashWorld.StartAsync(Dialect.Postgres, Reminders);
        using var otherWay = new HoldingRelay(world.Mail.Port);
        // Nobody may finish before both have begun.
        world.Relay.Hold();
        otherWay.Hold();
        using var one = world.Serve("TERM");
        using var other = world.Serve("TERM", otherWay, OwnedProcess.FreePort());
        await one.UntilAsync("a message of the first", () => world.Relay.Held > 0);
        await other.UntilAsync("a message of the second", () => otherWay.Held > 0);
        world.Relay.Release();
        otherWay.Release();
        await one.UntilAsync("every message sent", async () => await world.CountAsync("message WHERE state <> 'sent'") == 0);

        var mailbox = await Mailbox.ReadAsync(world.Mail, Reminders);
        output.WriteLine($"{Reminders} reminders: {world.Relay.Accepted} by one service, {otherWay.Accepted} by the other, {mailbox.Surplus.Values.Sum()} doubles");
        mailbox.Ids.Count.ShouldBe(Reminders);
        mailbox.IdsByRecipient.Count.ShouldBe(Reminders);
        mailbox.Surplus.ShouldBeEmpty();
        (await world.CountAsync("attempt")).ShouldBe(Reminders);
        (await world.FirstBrokenAsync()).ShouldBeNull();
    }
}
