namespace Relance.Domain.Calendar;

/// <summary>Which way a date moves off a closed day.</summary>
public enum DateMove
{
    /// <summary>To the last open day before: steps before J, and every legal notice.</summary>
    Earlier,
    /// <summary>To the next open day: steps after J.</summary>
    Later,
}

/// <summary>Hours, local to the shop, in which sending may start.</summary>
/// <param name="Opens">First minute in which a message may start.</param>
/// <param name="Closes">From this minute on nothing starts.</param>
/// <param name="LastCall">Until when (excluded) a message whose validity ends that day may still start.</param>
public sealed record SendingWindow(TimeOnly Opens, TimeOnly Closes, TimeOnly LastCall)
{
    /// <summary>9:00 to 10:00, last call at 19:00.</summary>
    public static SendingWindow Default { get; } = new(new(9, 0), new(10, 0), new(19, 0));
}

/// <summary>Open days and sending hours of one shop, in its time zone.</summary>
public sealed class BusinessCalendar(TimeZoneInfo zone, SendingWindow window, bool businessDaysOnly = true, HolidayRegion region = HolidayRegion.Metropole)
{
    // The longest closure is five days; a step that avoids every weekday must not be searched for ever.
    private const int FurthestMove = 31;

    /// <summary>The shop's time zone.</summary>
    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>The sending hours.</summary>
    public SendingWindow Window { get; } = window;

    /// <summary>Whether mail may leave on this day, given weekdays the step avoids.</summary>
    public bool IsOpen(DateOnly day, IReadOnlyCollection<DayOfWeek>? avoided = null) => avoided?.Contains(day.DayOfWeek) != true
        && (!businessDaysOnly || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !FrenchHolidays.Contains(day, region)));

    /// <summary>The day itself when open, else the nearest open day in the given direction; the day itself when no open day lies within a month.</summary>
    public DateOnly Move(DateOnly day, DateMove move, IReadOnlyCollection<DayOfWeek>? avoided = null)
    {
        var direction = move == DateMove.Earlier ? -1 : 1;
        for (var days = 0; days <= FurthestMove; days++)
        {
            if (IsOpen(day.AddDays(days * direction), avoided))
                return day.AddDays(days * direction);
        }

        return day;
    }

    /// <summary>The local date of an instant.</summary>
    public DateOnly LocalDate(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The instant at which a local day begins.</summary>
    public DateTimeOffset StartOf(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>The instant at which the window opens on a day.</summary>
    public DateTimeOffset OpensOn(DateOnly day) => At(day, Window.Opens);

    /// <summary>The instant from which nothing starts on a day; the last call where a message's validity ends then.</summary>
    public DateTimeOffset ClosesOn(DateOnly day, bool lastDay) =>
        At(day, lastDay && Window.LastCall > Window.Closes ? Window.LastCall : Window.Closes);

    /// <summary>A local time as an instant: one that does not exist moves to the next valid instant, an ambiguous one takes the first.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }
}
