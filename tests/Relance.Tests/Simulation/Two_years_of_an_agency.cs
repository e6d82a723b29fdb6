using Relance.Storage;
using Relance.Tests.Storage;
using Xunit.Abstractions;

namespace Relance.Tests.Simulation;

/// <summary>
/// Two years of the whole service with its shop, its mail server and itself failing now and then, wrong clocks, and the days on which
/// summer time begins and ends. <c>RELANCE_CLIENTS</c> (60) and <c>RELANCE_SEED</c> (20261122) change the world.
/// </summary>
public sealed class Two_years_of_an_agency(ITestOutputHelper output)
{
    private static readonly DateOnly s_from = new(2026, 9, 1), s_until = new(2028, 9, 1);

    private static readonly int s_clients = Setting("RELANCE_CLIENTS", 60), s_seed = Setting("RELANCE_SEED", 20261122);

    [Fact]
    public async Task Nobody_is_reminded_after_paying_nor_twice_a_day_nor_of_what_is_not_true()
    {
        var random = new Random(s_seed);
        var drawn = Enumerable.Range(1, s_clients).Select(n => SimulatedClient.Draw(n, random, s_from, s_until)).ToList();
        var troubles = Trouble.Draw(random, s_from, s_until);
        await using var storage = await TestDatabase.EmptyAsync(Dialect.Sqlite);
        List<SimulatedClient> clients = [];
        await using var agency = await SimulatedAgency.StartAsync(
            storage.ConnectionString, s_from, shop => clients = SimulatedClient.Seed(shop, drawn), "Products:0:Sku=MAINT-12", "Products:0:Months=12");
        for (var day = s_from; day < s_until; day = day.AddDays(1))
            await agency.LiveAsync(day, troubles.FirstOrDefault(trouble => trouble.On(day)));

        var audit = new SimulationAudit(agency, clients);
        output.WriteLine($"seed {s_seed}: {s_clients} clients, {audit.Payments} payments, {audit.Reminders.Count} reminders, {audit.Confirmations} confirmations, {troubles.Count} troubles");
        audit.Unknown.ShouldBe(0);
        audit.AfterPayment.Select(Say).ShouldBeEmpty();
        audit.Pairs.Select(Say).ShouldBeEmpty();
        audit.Bursts.Select(Say).ShouldBeEmpty();
        audit.OutOfRange.Select(Say).ShouldBeEmpty();
        audit.OutsideWindow.Select(Say).ShouldBeEmpty();
        audit.BeyondCeiling.ShouldBeEmpty();
        audit.Lost(clients, s_from, s_until).ShouldBeEmpty();
        // A simulation in which nothing happens would prove nothing.
        audit.Reminders.Count.ShouldBeGreaterThan(2 * s_clients);
        audit.Reminders.Select(mail => mail.Mail.Steps[0]).Distinct().Count().ShouldBe(8);
        audit.Confirmations.ShouldBeGreaterThan(s_clients / 2);
        troubles.Select(trouble => trouble.Kind).Distinct().Count().ShouldBe(5);
    }

    private static string Say(AuditedMail mail) => $"{mail.Mail.At:u} {mail.Mail.To} {mail.Mail.Steps[0]}, J {mail.Anchor:O} (seed {s_seed})";

    private static int Setting(string name, int value) => int.TryParse(Environment.GetEnvironmentVariable(name), out var set) ? set : value;
}
