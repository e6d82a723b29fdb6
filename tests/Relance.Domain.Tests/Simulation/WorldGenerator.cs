using Relance.Domain.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Reminders;

namespace Relance.Domain.Tests.Simulation;

/// <summary>Makes a world from a seed: the same seed always makes the same world.</summary>
internal sealed class WorldGenerator(int seed)
{
    private static readonly string[] Zones =
        ["Europe/Paris", "America/Guadeloupe", "Indian/Reunion", "Pacific/Noumea", "America/St_Johns", "Atlantic/Azores", "Africa/Casablanca", "UTC"];

    private static readonly SendingWindow[] Windows =
        [SendingWindow.Default, new(new(2, 30), new(2, 45), new(3, 0)), new(new(1, 0), new(4, 0), new(4, 0)), new(new(8, 0), new(18, 0), new(12, 0))];

    private readonly Random _random = new(seed);

    public World Make()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Pick(Zones));
        var calendar = new BusinessCalendar(zone, Pick(Windows), Chance(0.8), Pick(HolidayRegion.Metropole, HolidayRegion.AlsaceMoselle));
        var from = new DateOnly(2024, 1, 1).AddDays(_random.Next(6 * 365));
        SimContract[] contracts = [.. Enumerable.Range(1, _random.Next(1, 6)).Select(n => MakeContract(n, from))];
        return new World(seed, calendar, _random.Next(1, 5), from, contracts,
            [.. contracts.SelectMany(c => EventsOf(c, calendar, from)).OrderBy(e => e.At)],
            [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Range(from, 12))], Chance(0.8));
    }

    private SimContract MakeContract(int number, DateOnly from)
    {
        var months = Pick(1, 2, 3, 6, 12, 12, 12, 24);
        var anchor = from.AddDays(_random.Next(0, 70));
        var firstStart = anchor.AddDays(1).AddMonths(-months);
        var options = new MaintenanceOptions(Pick(30, 15, 7), Chance(0.8), Pick<int?>(30, 30, 45, null));
        var baseline = Chance(0.5) ? from.AddDays(-60) : from.AddDays(_random.Next(40));
        return new SimContract($"contract {number}", Pick("Anne", "Benoît"), Pick("shop A", "shop A", "shop B"), firstStart, months, MaintenanceSequence.For(months, options))
        {
            Cycle = new Cycle(CycleState.Open, RenewalKind.Explicit, 1, Term.Nth(firstStart, months, 1).End, baseline),
        };
    }

    private IEnumerable<SimEvent> EventsOf(SimContract contract, BusinessCalendar calendar, DateOnly from)
    {
        SimEvent On(DateOnly day, string what, Action apply) => new(calendar.StartOf(day).AddMinutes(_random.Next(1440)), contract, what, apply);
        SimEvent Sometime(string what, Action apply) => On(from.AddDays(_random.Next(World.Days)), what, apply);
        SimEvent Change(string what, Func<Cycle, Cycle> change) => Sometime(what, () => contract.Cycle = change(contract.Cycle));

        if (Chance(0.5))
            yield return Sometime("payment", contract.Pay);
        if (Chance(0.1))
            yield return Change("decline", cycle => cycle with { State = CycleState.Declined });
        if (Chance(0.1))
            yield return Change("cancellation", cycle => cycle with { State = CycleState.Cancelled });
        if (Chance(0.2) && _random.Next(-20, 41) is var days)
            yield return Change($"anchor moves by {days}", cycle => cycle with { Anchor = cycle.Anchor.AddDays(days) });
        if (Chance(0.2) && Range(from, 20) is var pause)
            yield return On(pause.From, $"pause until {pause.To:O}", () => contract.Cycle = contract.Cycle with { PausedUntil = pause.To });
        if (Chance(0.2) && from.AddDays(_random.Next(World.Days)) is var announced)
            yield return On(announced, "transfer announced", () => contract.Cycle = contract.Cycle with { AnnouncedOn = announced });
        if (Chance(0.1))
            yield return Change("a person must decide", cycle => cycle with { Hold = SkipReason.NeedsDecision });
        if (Chance(0.1))
            yield return Change("a person decided", cycle => cycle with { Hold = null });
        if (Chance(0.1))
            yield return Sometime("no address", () => contract.HasAddress = false);
        if (Chance(0.1))
            yield return Sometime("an address", () => contract.HasAddress = true);
        if (Chance(0.1))
            yield return Sometime("address refused", () => contract.AddressRefused = true);
    }

    private (DateOnly From, DateOnly To) Range(DateOnly from, int longest)
    {
        var start = from.AddDays(_random.Next(World.Days));
        return (start, start.AddDays(_random.Next(1, longest)));
    }

    private bool Chance(double p) => _random.NextDouble() < p;

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
