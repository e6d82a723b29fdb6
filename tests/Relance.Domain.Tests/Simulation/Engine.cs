using Relance.Domain.Reminders;

namespace Relance.Domain.Tests.Simulation;

/// <summary>The outbox in miniature: plans, holds messages, asks again right before sending. Wakes at random instants, or not at all in an outage.</summary>
internal sealed class Engine(World world)
{
    private readonly Random _random = new(~world.Seed);
    private readonly List<Message> _messages = [];
    private readonly List<SimEvent> _ahead = [.. world.Events];

    public List<Sent> Sent { get; } = [];
    /// <summary>When each term was paid, declined or cancelled, by the world's own clock.</summary>
    public Dictionary<(SimContract, int Term), DateTimeOffset> Closed { get; } = [];

    public int Decisions { get; private set; }

    private sealed record Part(SimContract Contract, int Term, Step Step)
    {
        public bool IsPending => Contract.Cycle is { State: CycleState.Open } cycle && cycle.TermNo == Term
            && Contract.History.Exists(r => r.StepId == Step.Id && r.State == StepState.Pending);
    }

    private sealed class Message(int number, string person, DateOnly slot, IReadOnlyList<Part> parts)
    {
        public int Number => number;
        public string Person => person;
        public DateOnly Slot { get; set; } = slot;
        public bool HasLeft { get; set; }
        public IEnumerable<Part> Alive => parts.Where(part => part.IsPending);
        public bool TakesSlot(string who, DateOnly day) => person == who && Slot == day && (HasLeft || Alive.Any());
    }

    public Engine Run()
    {
        for (var day = world.From; day < world.From.AddDays(World.Days); day = day.AddDays(1))
        {
            foreach (var now in Wakes(day))
                Wake(now);
        }

        return this;
    }

    private IEnumerable<DateTimeOffset> Wakes(DateOnly day)
    {
        if (world.IsDown(day))
            return [];
        var opens = world.Calendar.OpensOn(day);
        var anyTime = world.Calendar.StartOf(day).AddMinutes(_random.Next(1440));
        return new[] { opens.AddMinutes(_random.Next(-30, 20)), opens.AddMinutes(_random.Next(20)), anyTime }.Where(_ => _random.Next(4) > 0).Order();
    }

    private void Wake(DateTimeOffset now)
    {
        while (_ahead.Count > 0 && _ahead[0].At <= now)
        {
            Apply(_ahead[0]);
            _ahead.RemoveAt(0);
        }

        foreach (var message in _messages.FindAll(m => !m.HasLeft && m.Alive.Any()))
            TrySend(message, now);
        foreach (var person in world.Contracts.GroupBy(c => c.Person))
            Plan(person.Key, person, now);
    }

    private void Apply(SimEvent happens)
    {
        var (contract, term) = (happens.Contract, happens.Contract.Cycle.TermNo);
        happens.Apply();
        if (contract.Cycle.TermNo != term || contract.Cycle.State != CycleState.Open)
            Closed.TryAdd((contract, term), happens.At);
    }

    private void Plan(string person, IEnumerable<SimContract> contracts, DateTimeOffset now)
    {
        var today = world.Calendar.LocalDate(now);
        var due = contracts.Select(contract => (contract, send: Ask(contract, now, SlotIsTaken(person, today)) as Decision.Send)).Where(d => d.send is not null).ToList();
        if (due.Count == 0)
            return;
        // As the service plans: the first takes the day, its shop's others join it, another shop's wait for another day.
        var parts = due.FindAll(d => d.contract.Shop == due[0].contract.Shop).ConvertAll(d => new Part(d.contract, d.contract.Cycle.TermNo, d.send!.Step));
        _messages.Add(new Message(_messages.Count, person, today, parts));
        parts.ForEach(part => part.Contract.Record(part.Step.Id, StepState.Pending, today));
    }

    private void TrySend(Message message, DateTimeOffset now)
    {
        var today = world.Calendar.LocalDate(now);
        var alive = message.Alive.ToList();
        var leaving = alive.FindAll(part => MayLeave(part.Contract, part.Step, now));
        if (leaving.Count == 0 || (message.Slot != today && SlotIsTaken(message.Person, today)) || _random.Next(5) == 0)
            return;
        // What may not leave with the others is planned anew.
        alive.Except(leaving).ToList().ForEach(part => part.Contract.History.RemoveAll(r => r.StepId == part.Step.Id));
        (message.Slot, message.HasLeft) = (today, true);
        var accepted = world.AllMailAccepted || _random.Next(10) > 0;
        leaving.ForEach(part => Deliver(part.Contract, part.Step, now, message.Number, accepted));
    }

    private void Deliver(SimContract contract, Step step, DateTimeOffset now, int message, bool accepted)
    {
        contract.Record(step.Id, accepted ? StepState.Sent : StepState.Failed, world.Calendar.LocalDate(now));
        if (!accepted)
            return;
        Sent.Add(new Sent(contract, contract.Cycle, step, now, message));
        if (step.Id == MaintenanceSequence.Ended)
            contract.Cycle = contract.Cycle with { State = CycleState.Ended };
    }

    // Right before sending the planner is asked again: only "already planned" lets a message go.
    private bool MayLeave(SimContract contract, Step step, DateTimeOffset now)
    {
        var today = world.Calendar.LocalDate(now);
        return Ask(contract, now, true) is Decision.Wait { Because: SkipReason.AlreadyPlanned } wait && wait.NextStep.Id == step.Id
            && world.Calendar.IsOpen(today, step.AvoidedDays) && now >= world.Calendar.OpensOn(today)
            && now < world.Calendar.ClosesOn(today, Invariants.IsLastChance(step, contract.Cycle, world.Calendar, today));
    }

    private bool SlotIsTaken(string person, DateOnly day) => _messages.Exists(m => m.TakesSlot(person, day));

    private Decision Ask(SimContract contract, DateTimeOffset now, bool slotTaken)
    {
        var facts = new ClientFacts(contract.HasAddress, contract.AddressRefused, slotTaken);
        for (var skips = 0; ; skips++)
        {
            var decision = Planner.Next(contract.Cycle, facts, contract.History, contract.Sequence, world.Calendar, now, world.Gap);
            Decisions++;
            Invariants.CheckDecision(decision, contract, now, skips, world);
            if (decision is not Decision.Skip skip)
                return decision;
            contract.Record(skip.Step.Id, StepState.Skipped, world.Calendar.LocalDate(now));
        }
    }
}
