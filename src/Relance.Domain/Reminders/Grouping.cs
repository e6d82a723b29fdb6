namespace Relance.Domain.Reminders;

/// <summary>A step that the planner sends today to one person.</summary>
/// <param name="Key">What the caller calls it; the last of all orderings.</param>
/// <param name="Shop">Whose message it is: two shops never share one.</param>
/// <param name="ValidUntil">Last local date on which it is true.</param>
public sealed record DueStep(string Key, string Shop, Step Step, DateOnly ValidUntil);

/// <summary>What one person gets on one channel and one local day.</summary>
/// <param name="Messages">Each inner list is one message, its first step the one that gives subject and tone.</param>
/// <param name="Deferred">Steps that wait for another day with <see cref="SkipReason.DailySlot"/>.</param>
public sealed record DayMail(IReadOnlyList<IReadOnlyList<DueStep>> Messages, IReadOnlyList<DueStep> Deferred);

/// <summary>Never more than one reminder a day to one person, whatever number of contracts it has (catalogue §6).</summary>
public static class Grouping
{
    /// <summary>
    /// Sorts one person's due steps of one day into messages. Confirmations, formal and legal steps go alone; reminders of one shop share
    /// one message, harder first; a second shop's reminders wait for another day, and all of them wait on the day of a formal or legal step.
    /// </summary>
    public static DayMail For(IEnumerable<DueStep> due)
    {
        var all = due.ToList();
        var alone = all.FindAll(d => d.Step.Class != StepClass.Reminder);
        var reminders = all.FindAll(d => d.Step.Class == StepClass.Reminder);
        var isFree = !alone.Exists(d => d.Step.Class is StepClass.Formal or StepClass.Legal);
        var shop = isFree ? InOrder(reminders).MinBy(d => d.ValidUntil)?.Shop : null;
        var together = reminders.FindAll(d => d.Shop == shop);
        return new DayMail(
            [.. InOrder(alone).Select(d => (IReadOnlyList<DueStep>)[d]), .. together.Count == 0 ? [] : new[] { InOrder(together) }],
            InOrder(reminders.FindAll(d => d.Shop != shop)));
    }

    private static IReadOnlyList<DueStep> InOrder(IEnumerable<DueStep> steps) =>
        [.. steps.OrderByDescending(d => d.Step.Hardness).ThenBy(d => d.ValidUntil).ThenBy(d => d.Key, StringComparer.Ordinal)];
}
