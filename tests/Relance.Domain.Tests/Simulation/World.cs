using Relance.Domain.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Reminders;

namespace Relance.Domain.Tests.Simulation;

/// <summary>A contract in the simulation: its open cycle, that cycle's history, and what is true of its client now.</summary>
internal sealed class SimContract(string id, string person, string shop, DateOnly firstStart, int months, Sequence sequence)
{
    public string Id => id;
    public string Person => person;
    public string Shop => shop;
    public Sequence Sequence => sequence;
    public required Cycle Cycle { get; set; }
    public bool HasAddress { get; set; } = true;
    public bool AddressRefused { get; set; }
    public List<StepRecord> History { get; private set; } = [];

    public DateOnly AnchorOf(int term) => Term.Nth(firstStart, months, term).End;

    /// <summary>A payment closes the cycle and opens the next term's, with nothing done in it.</summary>
    public void Pay()
    {
        if (Cycle.State != CycleState.Open)
            return;
        var next = Cycle.TermNo + 1;
        Cycle = new Cycle(CycleState.Open, RenewalKind.Explicit, next, AnchorOf(next), Cycle.BaselineOn);
        History = [];
    }

    public void Record(string step, StepState state, DateOnly on)
    {
        History.RemoveAll(r => r.StepId == step);
        History.Add(new StepRecord(step, state, on));
    }
}

/// <summary>Something that happens to a contract at an instant.</summary>
internal sealed record SimEvent(DateTimeOffset At, SimContract Contract, string What, Action Apply);

/// <summary>A reminder that left, with the facts of that instant.</summary>
internal sealed record Sent(SimContract Contract, Cycle Cycle, Step Step, DateTimeOffset At, int Message);

/// <summary>One agency: its calendar, its contracts, and what will happen.</summary>
internal sealed record World(
    int Seed, BusinessCalendar Calendar, int Gap, DateOnly From, IReadOnlyList<SimContract> Contracts, IReadOnlyList<SimEvent> Events,
    IReadOnlyList<(DateOnly From, DateOnly To)> Outages, bool AllMailAccepted)
{
    public const int Days = 130;

    public bool IsDown(DateOnly day) => Outages.Any(outage => outage.From <= day && day <= outage.To);
}
