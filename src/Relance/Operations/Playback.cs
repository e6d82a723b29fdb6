using Relance.Domain.Calendar;

namespace Relance.Operations;

/// <summary>Plays business days window by window: the clock stands at each window while the job bodies run, so that no speed can miss one.</summary>
public sealed class Playback(Jobs jobs, MovedClock clock, RelanceSettings settings)
{
    private readonly BusinessCalendar _calendar = new(settings.Calendar.TimeZone, SendingWindow.Default);

    /// <summary>The local times played each day: after midnight, twice while the window is open, and after noon.</summary>
    public IReadOnlyList<TimeOnly> Windows { get; } =
        [new(0, 10), settings.Calendar.WindowStart.AddMinutes(2), settings.Calendar.WindowEnd.AddMinutes(-5), new(14, 0)];

    /// <summary>The windows of a local day as instants.</summary>
    public IEnumerable<DateTimeOffset> Of(DateOnly day) => Windows.Order().Select(time => _calendar.At(day, time));

    /// <summary>The windows from an instant on, day after day.</summary>
    public IEnumerable<DateTimeOffset> From(DateTimeOffset start)
    {
        for (var day = _calendar.LocalDate(start); ; day = day.AddDays(1))
        {
            foreach (var window in Of(day).Where(w => w >= start))
                yield return window;
        }
    }

    /// <summary>Moves to a window and runs every job once.</summary>
    public async Task PlayAsync(DateTimeOffset window, CancellationToken ct)
    {
        clock.Set(window);
        // A window in which mail may start is not preceded by a pull: as in real life, the last one may be hours old.
        if (TimeOnly.FromDateTime(window.DateTime) is var time && (time < settings.Calendar.WindowStart || time >= settings.Calendar.WindowEnd))
            await jobs.SyncAsync(ct);
        await jobs.RoundAsync(ct);
    }
}
