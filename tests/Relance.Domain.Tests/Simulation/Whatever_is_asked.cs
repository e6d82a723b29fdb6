using Relance.Domain.Calendar;
using Relance.Domain.Reminders;
using Relance.Domain.Tests.Planning;

namespace Relance.Domain.Tests.Simulation;

/// <summary>The planner is total: sequences that make no sense, histories of another sequence, windows that never open.</summary>
public sealed class Whatever_is_asked
{
    private static readonly string[] Ids = ["a", "b", "c", "d", "e", "unknown"];

    [Fact]
    public void The_planner_answers_and_comes_to_an_end()
    {
        for (var seed = 1; seed <= 3000; seed++)
            Ask(new Random(seed), seed);
    }

    [Fact]
    public void The_same_question_has_the_same_answer()
    {
        var story = new Story().Play(-40, -8);
        story.At(-7).ShouldBe(story.At(-7));
    }

    private static void Ask(Random random, int seed)
    {
        var story = new Story { Sequence = new Sequence("odd", [.. Ids.Take(random.Next(6)).Select(id => OddStep(random, id))]), Gap = random.Next(-3, 50) };
        story.Calendar = new(Story.Paris, OddWindow(random), random.Next(2) == 0);
        story.Cycle = story.Cycle with { PausedUntil = Day(random), BaselineOn = Story.J.AddDays(random.Next(-50, 5)), AnnouncedOn = Day(random) };
        story.Client = new ClientFacts(random.Next(5) > 0, random.Next(9) == 0, random.Next(4) == 0);
        foreach (var id in Ids.Where(_ => random.Next(3) == 0))
            story.History.Add(new StepRecord(id, (StepState)random.Next(4), Day(random) ?? Story.J));

        for (var skips = 0; story.At(random.Next(-40, 40), "09:30") is Decision.Skip skip; skips++)
        {
            skips.ShouldBeLessThan(story.Sequence.Steps.Count, $"seed {seed}");
            story.History.Add(new StepRecord(skip.Step.Id, StepState.Skipped, Story.J));
        }

        var day = random.Next(-40, 40);
        if (story.At(day, "09:30") is Decision.Wait wait)
            wait.Until.ShouldBeGreaterThan(story.Calendar.At(Story.J.AddDays(day), new TimeOnly(9, 30)), $"seed {seed}");
    }

    private static Step OddStep(Random random, string id) => new(
        id, (StepClass)random.Next(4), random.Next(-30, 31), random.Next(3) == 0 ? null : random.Next(-30, 31), (DateMove)random.Next(2), random.Next(1, 6),
        random.Next(3) == 0 ? Ids[random.Next(Ids.Length)] : null, random.Next(4) == 0)
    {
        AvoidedDays = [.. Enum.GetValues<DayOfWeek>().Where(_ => random.Next(8) == 0 || id == "e")],
    };

    private static SendingWindow OddWindow(Random random) =>
        new(TimeOnly.MinValue.AddMinutes(random.Next(1440)), TimeOnly.MinValue.AddMinutes(random.Next(1440)), TimeOnly.MinValue.AddMinutes(random.Next(1440)));

    private static DateOnly? Day(Random random) => random.Next(2) == 0 ? null : Story.J.AddDays(random.Next(-40, 40));
}
