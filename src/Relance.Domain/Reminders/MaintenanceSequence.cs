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

    // Counted in shortest months, so that every step after J ends before the term that nobody paid would itself be over.
    private const int ShortestMonth = 28;

    /// <summary>The steps for a term of so many months.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than a month; a notice less than two days before J; an end less than a day after it.</exception>
    public static Sequence For(int months, MaintenanceOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.NoticeDays, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.EndAfterDays ?? 1, 1);
        return new Sequence(Name, [.. BeforeAnchor(months, options.NoticeDays), .. AfterAnchor(months, options)]);
    }

    private static Step[] BeforeAnchor(int months, int noticeDays) => months switch
    {
        1 => [Before(Notice, -7, 0, 1)],
        2 or 3 => [Before(Notice, -15, -4, 1), Before(Attention, -3, 0, 2)],
        _ when noticeDays <= 7 => [Before(Notice, -noticeDays, -2, 1), Before(LastDay, -1, 0, 3)],
        _ => [Before(Notice, -noticeDays, -8, 1), Before(Attention, -7, -2, 2), Before(LastDay, -1, 0, 3)],
    };

    private static IEnumerable<Step> AfterAnchor(int months, MaintenanceOptions options)
    {
        var end = Math.Min(options.EndAfterDays ?? int.MaxValue, (ShortestMonth * months) - 1);
        Step[] unpaid =
        [
            After(Lapsed, 2, 6, 3),
            After(Suspension, 7, 29, 4) with { IsPrerequisite = true },
            After(Reactivation, 14, 29, 4) with { Requires = Suspension },
            After(Reactivation2, 21, 29, 4) with { Requires = Suspension },
        ];
        var steps = unpaid.Where(step => step.Day < end && (options.Lapsed || step.Id != Lapsed))
            .Select(step => step with { LastDay = Math.Min(step.LastDay!.Value, end - 1) });
        return options.EndAfterDays is null ? steps : steps.Append(After(Ended, end, null, 5));
    }

    private static Step Before(string id, int day, int lastDay, int hardness) => new(id, StepClass.Reminder, day, lastDay, DateMove.Earlier, hardness);

    private static Step After(string id, int day, int? lastDay, int hardness) => new(id, StepClass.Reminder, day, lastDay, DateMove.Later, hardness);
}
