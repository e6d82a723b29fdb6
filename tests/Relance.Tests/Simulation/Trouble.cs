namespace Relance.Tests.Simulation;

/// <summary>What goes wrong, and when: local days, both included.</summary>
internal sealed record Trouble(string Kind, DateOnly From, DateOnly To)
{
    public const string Shop = "shop", Mail = "mail", Service = "service", ClockAhead = "clock ahead", ClockBehind = "clock behind";

    public bool On(DateOnly day) => From <= day && day <= To;

    /// <summary>A trouble of each kind every few months; no two reach a client's whole range of days together.</summary>
    public static IReadOnlyList<Trouble> Draw(Random random, DateOnly from, DateOnly until)
    {
        string[] kinds = [Shop, Mail, Service, ClockAhead, ClockBehind];
        var troubles = new List<Trouble>();
        for (var day = from.AddDays(20); day < until.AddDays(-60); day = day.AddDays(random.Next(25, 60)))
        {
            var kind = kinds[troubles.Count % kinds.Length];
            troubles.Add(new(kind, day, day.AddDays(kind == Service ? random.Next(0, 6) : random.Next(0, 2))));
        }

        return troubles;
    }
}
