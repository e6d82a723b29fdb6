using Relance.Domain.Calendar;
using Relance.Domain.Reminders;

namespace Relance.Domain.Tests.Simulation;

/// <summary>What must hold in every world. A failure names the seed that makes it again.</summary>
internal static class Invariants
{
    public static bool IsLastChance(Step step, Cycle cycle, BusinessCalendar calendar, DateOnly today)
    {
        var next = today.AddDays(1);
        while (!calendar.IsOpen(next))
            next = next.AddDays(1);
        return next > step.ValidUntil(cycle.Anchor);
    }

    public static void CheckDecision(Decision decision, SimContract contract, DateTimeOffset now, int skips, World world)
    {
        var where = $"seed {world.Seed}, {contract.Id}, {now:O}";
        skips.ShouldBeLessThanOrEqualTo(contract.Sequence.Steps.Count, $"{where}: the planner skips for ever");
        if (decision is Decision.Wait wait)
            wait.Until.ShouldBeGreaterThan(now, $"{where}: waits for an instant that is over");
        if (decision is Decision.Stop)
            contract.Sequence.Steps.Where(s => contract.Cycle.State == CycleState.Open && IsMissing(s, contract) && !IsHistory(contract.Cycle))
                .ShouldBeEmpty($"{where}: stopped with steps that have no record");
        if (decision is Decision.Send send)
            send.DueOn.ShouldBeGreaterThanOrEqualTo(contract.Cycle.BaselineOn, $"{where}: {send.Step.Id} is backlog");
    }

    public static void CheckRun(Engine engine, World world)
    {
        var sent = engine.Sent;
        foreach (var one in sent)
            CheckOne(one, world);
        sent.Where(s => engine.Closed.TryGetValue(Term(s), out var closed) && s.At >= closed)
            .ShouldBeEmpty($"seed {world.Seed}: sent after its term was paid or closed");
        foreach (var cycle in sent.GroupBy(Term))
            CheckCycle([.. cycle], world);
        foreach (var day in sent.GroupBy(s => (s.Contract.Person, world.Calendar.LocalDate(s.At))))
            day.Select(s => s.Message).Distinct().Count().ShouldBe(1, $"seed {world.Seed}: {day.Key} got more than one reminder");
        foreach (var message in sent.GroupBy(s => s.Message))
            message.Select(s => s.Contract.Shop).Distinct().Count().ShouldBe(1, $"seed {world.Seed}: one message for two shops");
    }

    private static void CheckOne(Sent sent, World world)
    {
        var (cycle, step, calendar) = (sent.Cycle, sent.Step, world.Calendar);
        var today = calendar.LocalDate(sent.At);
        var where = $"seed {world.Seed}, {sent.Contract.Id}, {step.Id}, {sent.At:O}, J {cycle.Anchor:O}";
        cycle.State.ShouldBe(CycleState.Open, $"{where}: sent after the cycle was closed");
        today.ShouldBeInRange(step.DueOn(cycle.Anchor, calendar), step.ValidUntil(cycle.Anchor), $"{where}: outside its range");
        calendar.IsOpen(today).ShouldBeTrue($"{where}: on a closed day");
        sent.At.ShouldBeGreaterThanOrEqualTo(calendar.OpensOn(today), $"{where}: before the window");
        sent.At.ShouldBeLessThan(calendar.ClosesOn(today, IsLastChance(step, cycle, calendar, today)), $"{where}: after the window");
        (cycle.PausedUntil is { } until && today < until).ShouldBeFalse($"{where}: in a pause");
        cycle.Hold.ShouldBeNull($"{where}: while a person must decide");
        (step.Hardness >= 3 && cycle.AnnouncedOn is { } day && today < day.AddDays(7)).ShouldBeFalse($"{where}: hard, with a transfer announced");
    }

    private static void CheckCycle(IReadOnlyList<Sent> sent, World world)
    {
        var steps = sent[0].Contract.Sequence.Steps.Select(s => s.Id).ToList();
        var where = $"seed {world.Seed}, {sent[0].Contract.Id}, term {sent[0].Cycle.TermNo}: {string.Join(", ", sent.Select(s => s.Step.Id))}";
        foreach (var (before, after) in sent.Zip(sent.Skip(1)))
        {
            steps.IndexOf(after.Step.Id).ShouldBeGreaterThan(steps.IndexOf(before.Step.Id), $"{where}: twice, or softer after harder");
            after.Step.Hardness.ShouldBeGreaterThanOrEqualTo(before.Step.Hardness, where);
            (world.Calendar.LocalDate(after.At).DayNumber - world.Calendar.LocalDate(before.At).DayNumber)
                .ShouldBeGreaterThanOrEqualTo(world.Gap, $"{where}: closer than the gap");
        }

        foreach (var step in sent.Where(s => s.Step.Requires is not null))
            sent.Select(s => s.Step.Id).ShouldContain(step.Step.Requires, $"{where}: without what it builds on");
    }

    private static (SimContract, int) Term(Sent sent) => (sent.Contract, sent.Cycle.TermNo);

    private static bool IsMissing(Step step, SimContract contract) => !contract.History.Exists(r => r.StepId == step.Id && r.State != StepState.Pending);

    private static bool IsHistory(Cycle cycle) => cycle.Anchor.AddDays(7) < cycle.BaselineOn;
}
