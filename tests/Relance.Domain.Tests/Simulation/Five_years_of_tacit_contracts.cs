using Relance.Domain.Reminders;
using Xunit.Abstractions;

namespace Relance.Domain.Tests.Simulation;

/// <summary>C. consom. L215-1 over five simulated years. <c>RELANCE_TACIT</c> is the number of contracts (500), <c>RELANCE_SEED</c> the first seed.</summary>
public sealed class Five_years_of_tacit_contracts(ITestOutputHelper output)
{
    private static readonly int Contracts = Setting("RELANCE_TACIT", 500), FirstSeed = Setting("RELANCE_SEED", 1);

    [Fact]
    public void No_notice_leaves_outside_its_lawful_window_and_none_is_missing_that_was_possible()
    {
        int terms = 0, sent = 0, covered = 0, impossible = 0, before = 0, down = 0, bounced = 0, urgent = 0, reminders = 0, decisions = 0;
        for (var seed = FirstSeed; seed < FirstSeed + Contracts; seed++)
        {
            var world = new TacitWorld(seed);
            var run = new TacitRun(world);
            foreach (var notice in run.Notices())
            {
                terms++;
                var because = $"seed {seed}, term {notice.Number}, {world.Kind}, {world.Notice}, {notice.Term.Term.Start:O} to {notice.Term.Term.End:O}";
                notice.SentAt.Count.ShouldBeLessThanOrEqualTo(1, because);
                if (notice.SentAt is [var at])
                {
                    var day = world.Calendar.LocalDate(at);
                    notice.Term.Window.Allows(day).ShouldBeTrue($"{because}: sent {day:O}");
                    day.ShouldBeLessThanOrEqualTo(notice.Term.Window.Deadline, because);
                    notice.Term.IsImpossible.ShouldBeFalse(because);
                    sent++;
                    covered += notice.Term.Window.Covered ? 1 : 0;
                    urgent += notice.Term.Window.AlarmFrom <= day ? 1 : 0;
                    // A mail that comes back opens a letter task: one that left at least a day before the hard stop leaves time for it.
                    bounced += notice.BouncedAt is not null ? 1 : 0;
                }
                else if (notice.Term.IsImpossible)
                    impossible++;
                else if (notice.Term.NoticeUntil < world.Linked)
                    before++;
                else
                {
                    WasPossible(world, notice).ShouldBeFalse($"{because}: {notice.Reason?.Code()}");
                    down++;
                }
            }

            (reminders, decisions) = (reminders + run.Reminders, decisions + run.Decisions);
        }

        output.WriteLine($"{Contracts} contracts over five years: {terms} terms, {sent} notices ({covered} to covered clients, {urgent} in the last seven days, {bounced} came back), {impossible} without a lawful day, {before} over before the link, {down} in which nothing could leave; {reminders} reminders, {decisions} decisions.");
        // A simulation in which nothing happens would prove nothing.
        sent.ShouldBeGreaterThan(Contracts);
        new[] { covered, urgent, impossible, before, bounced, reminders }.ShouldAllBe(count => count > 0);
    }

    // By the outages alone, without the planner: six hours of service in the last seven days, at any time; for others enough open windows.
    private static bool WasPossible(TacitWorld world, TacitNotice notice)
    {
        var window = notice.Term.Window;
        var first = window.AlarmFrom ?? notice.Term.NoticeOn;
        var days = Enumerable.Range(0, 500).Select(n => (first > world.Linked ? first : world.Linked).AddDays(n)).TakeWhile(day => day <= notice.Term.NoticeUntil).ToList();
        return window.Covered
            ? days.SelectMany(day => Enumerable.Range(0, 18).Select(hour => world.Calendar.StartOf(day).AddHours(hour))).Any(at => world.IsUp(at, at.AddHours(6)))
            : days.Count(day => world.Calendar.IsOpen(day) && world.IsUp(world.Calendar.OpensOn(day), world.Calendar.ClosesOn(day, lastDay: false))) > 10;
    }

    private static int Setting(string name, int value) => int.TryParse(Environment.GetEnvironmentVariable(name), out var set) ? set : value;
}
