namespace Relance.Channels.Smtp;

/// <summary>How many messages one sender may hand over in any minute, hour and day; unset means no limit.</summary>
internal sealed record SendLimits
{
    public int? PerMinute { get; init; }
    public int? PerHour { get; init; }
    public int? PerDay { get; init; }

    internal IEnumerable<(int Count, TimeSpan Window, string Name)> Set()
    {
        if (PerMinute is { } minute)
            yield return (minute, TimeSpan.FromMinutes(1), "minute");
        if (PerHour is { } hour)
            yield return (hour, TimeSpan.FromHours(1), "hour");
        if (PerDay is { } day)
            yield return (day, TimeSpan.FromDays(1), "day");
    }

    internal IEnumerable<string> Problems() =>
        from limit in Set() where limit.Count < 1 select $"Smtp:Limits: per {limit.Name}: expected 1 or more, or nothing for no limit.";
}
