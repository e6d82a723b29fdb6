using Relance.Demo;
using Relance.Storage;
using Relance.Tests.Storage;
using Xunit.Abstractions;

namespace Relance.Tests.Simulation;

/// <summary>
/// The legal notices of the whole service (C. consom. L215-1), with its shop, its mail server and itself failing now and then, and the mail server for weeks
/// until the last lawful days. <c>RELANCE_TACIT_CLIENTS</c> (40), <c>RELANCE_TACIT_DAYS</c> (270) and <c>RELANCE_SEED</c> (20261122) change the world.
/// </summary>
public sealed class Tacit_contracts_through_troubles(ITestOutputHelper output)
{
    private static readonly DateOnly s_from = new(2026, 9, 1), s_until = s_from.AddDays(Setting("RELANCE_TACIT_DAYS", 270));

    private static readonly int s_clients = Setting("RELANCE_TACIT_CLIENTS", 40), s_seed = Setting("RELANCE_SEED", 20261122);

    [Fact]
    public async Task Every_notice_that_could_be_given_is_given_once_and_in_time_and_the_others_are_told()
    {
        var random = new Random(s_seed);
        var clients = Enumerable.Range(1, s_clients).Select(n => TacitClient.Draw(n, random, s_from)).ToList();
        IReadOnlyList<Trouble> troubles = [.. UntilTheLastDays(random, clients), .. Trouble.Draw(random, s_from, s_until)];
        await using var storage = await TestDatabase.EmptyAsync(Dialect.Sqlite);
        await using var agency = await SimulatedAgency.StartAsync(storage.ConnectionString, s_from, shop => TacitShop.Seed(shop, clients), TacitShop.Rules);
        using var people = new TacitPeople(agency, clients, s_seed, s_until);
        (agency.People, agency.Rounds) = (people.ActAsync, [new(0, 10), new(9, 2), new(18, 30)]);
        for (var day = s_from; day < s_until; day = day.AddDays(1))
            await agency.LiveAsync(day, troubles.FirstOrDefault(trouble => trouble.On(day)));

        var audit = new TacitAudit([.. agency.Catcher.Mails.Select(MailAudit.Read)], clients, people.CameBack, await TacitFacts.ReadAsync(agency.Database), troubles, s_from, s_until);
        output.WriteLine($"seed {s_seed}: {clients.Sum(client => client.Contracts.Count)} tacit contracts of {s_clients} clients over {s_until.DayNumber - s_from.DayNumber} days, {troubles.Count} troubles");
        output.WriteLine(string.Join(", ", audit.Notices.Select(fate => $"{fate.Value} {fate.Key}")));
        output.WriteLine($"{audit.Count("tacit.reminder")} reminders, {audit.Count("tacit.confirmation")} confirmations, {people.OnThePage} closed on the page, {people.ByTheAgency} by the agency, {people.CameBack.Count} mails came back, {people.Letters} letters, {people.Pauses} pauses");
        audit.Faults.ForEach(output.WriteLine);
        audit.Faults.ShouldBeEmpty($"seed {s_seed}");
        // A simulation in which nothing happens would prove nothing.
        audit.Notices[NoticeFate.Given].ShouldBeGreaterThan(s_clients / 4);
        foreach (var fate in (NoticeFate[])[NoticeFate.GivenLate, NoticeFate.ByLetter, NoticeFate.Impossible, NoticeFate.BusinessTold])
            audit.Notices[fate].ShouldBePositive(fate.ToString());
        (audit.Notices[NoticeFate.Missed] + audit.Notices[NoticeFate.MissedWithoutLetter]).ShouldBePositive();
        new[] { audit.Count("tacit.reminder"), audit.Count("tacit.confirmation"), people.OnThePage, people.ByTheAgency, people.Pauses }.ShouldAllBe(count => count > 0);
    }

    // The mail server is down from before a notice's day until just before, or just after, its last lawful one; and in the first days.
    private static IEnumerable<Trouble> UntilTheLastDays(Random random, IReadOnlyList<TacitClient> clients)
    {
        yield return new(Trouble.Mail, s_from, s_from.AddDays(random.Next(2, 9)));
        var windows = clients.SelectMany(client => client.Contracts).Select(contract => contract.WindowOf(1)).Where(window => window.NominalOn > s_from.AddDays(20) && window.Latest < s_until.AddDays(-30)).ToList();
        int[] ends = [-3, -1, 0, 2];
        for (var n = 0; n < ends.Length && windows.Count > 0; n++)
        {
            var window = windows[random.Next(windows.Count)];
            yield return new(Trouble.Mail, window.NominalOn!.Value.AddDays(-3), window.Latest!.Value.AddDays(ends[n]));
        }
    }

    private static int Setting(string name, int value) => int.TryParse(Environment.GetEnvironmentVariable(name), out var set) ? set : value;
}
