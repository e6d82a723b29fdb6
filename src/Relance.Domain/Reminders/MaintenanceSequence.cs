using Relance.Domain.Calendar;

namespace Relance.Domain.Reminders;

/// <summary>Choices an agency has over the maintenance sequence (catalogue §1).</summary>
/// <param name="NoticeDays">30, 15 or 7 days before J.</param>
/// <param name="Lapsed">Whether the J+2 message goes.</param>
/// <param name="EndAfterDays">Days after J on which an unpaid contract is closed; null never closes it.</param>
public sealed record MaintenanceOptions(int NoticeDays = 30, bool Lapsed = true, int? EndAfterDays = 30);

/// <summary>Builds the maintenance renewal sequence (catalogue §1) for a length of term.</summary>
public static class MaintenanceSequence
{
    /// <summary>The name stored with cycles.</summary>
    public const string Name = "maintenance";

    /// <summary>Ids of the dated steps.</summary>
    public const string Notice = "maintenance.notice", Attention = "maintenance.attention", LastDay = "maintenance.last-day",
        Lapsed = "maintenance.lapsed", Suspension = "maintenance.suspension", Reactivation = "maintenance.reactivation",
        Reactivation2 = "maintenance.reactivation-2", Ended = "maintenance.ended";

    /// <summary>Ids of the confirmations.</summary>
    public const string Reactivated = "maintenance.reactivated", Renewed = "maintenance.renewed";

    // The shortest month: past it, the term that was not paid would itself be over.
    private const int ShortestMonth = 28;

    /// <summary>The steps for a term of so many months.</summary>
    public static Sequence For(int months, MaintenanceOptions options)
    {
        var steps = BeforeAnchor(months, options.NoticeDays).Concat(AfterAnchor(options));
        return new Sequence(Name, [.. months <= 1 ? steps.Select(Shorten) : steps]);
    }

    private static Step[] BeforeAnchor(int months, int noticeDays)
    {
        if (months <= 1)
            return [Before(Notice, -7, 0, 1)];
        if (months <= 3)
            return [Before(Notice, -15, -4, 1), Before(Attention, -3, 0, 2)];
        if (noticeDays <= 7)
            return [Before(Notice, -7, -2, 1), Before(LastDay, -1, 0, 3)];
        return [Before(Notice, -noticeDays, -8, 1), Before(Attention, -7, -2, 2), Before(LastDay, -1, 0, 3)];
    }

    private static IEnumerable<Step> AfterAnchor(MaintenanceOptions options)
    {
        if (options.Lapsed)
            yield return After(Lapsed, 2, 6, 3);
        yield return After(Suspension, 7, 29, 4) with { IsPrerequisite = true };
        yield return After(Reactivation, 14, 29, 4) with { Requires = Suspension };
        yield return After(Reactivation2, 21, 29, 4) with { Requires = Suspension };
        if (options.EndAfterDays is { } end)
            yield return After(Ended, end, null, 5);
    }

    private static Step Shorten(Step step) => step.Day <= 0 ? step : step with
    {
        Day = Math.Min(step.Day, ShortestMonth - 1),
        LastDay = step.LastDay is { } last ? Math.Min(last, ShortestMonth - 2) : null,
    };

    private static Step Before(string id, int day, int lastDay, int hardness) => new(id, StepClass.Reminder, day, lastDay, DateMove.Earlier, hardness);

    private static Step After(string id, int day, int? lastDay, int hardness) => new(id, StepClass.Reminder, day, lastDay, DateMove.Later, hardness);
}
