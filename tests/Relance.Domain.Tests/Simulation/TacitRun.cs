using Relance.Domain.Reminders;

namespace Relance.Domain.Tests.Simulation;

/// <summary>What became of the legal notice of one term.</summary>
/// <param name="SentAt">Instants at which a mail left; one that came back is followed by its letter.</param>
/// <param name="BouncedAt">The mail came back; null when it did not.</param>
/// <param name="Reason">Why it was skipped.</param>
internal sealed record TacitNotice(int Number, TacitTerm Term, List<DateTimeOffset> SentAt, DateTimeOffset? BouncedAt, SkipReason? Reason);

/// <summary>Lives through five years of one contract, as the planning and sending jobs would: asks, holds the message, asks again right before it leaves.</summary>
internal sealed class TacitRun(TacitWorld world)
{
    private const string Notice = TacitSequence.LegalNotice;
    private readonly List<StepRecord> _history = [];
    private Sequence _sequence = new("", []);

    public int Decisions { get; private set; }

    public int Reminders { get; private set; }

    public IEnumerable<TacitNotice> Notices()
    {
        var now = world.Calendar.StartOf(world.Linked);
        for (var number = 1; ; number++)
        {
            var term = world.Term(number);
            var renewsAt = world.Calendar.StartOf(term.RenewsOn);
            if (renewsAt > world.End)
                yield break;
            if (renewsAt < now)
                continue;
            yield return Live(term, number, now, renewsAt);
            now = renewsAt;
        }
    }

    private TacitNotice Live(TacitTerm term, int number, DateTimeOffset from, DateTimeOffset to)
    {
        _history.Clear();
        _sequence = TacitSequence.For(term);
        var (sent, bounced, reason) = (new List<DateTimeOffset>(), (DateTimeOffset?)null, (SkipReason?)null);
        for (var now = world.Up(from); now < to;)
        {
            var decision = Ask(term, number, now);
            if (decision is Decision.Skip skip)
            {
                Record(skip.Step.Id, StepState.Skipped, now);
                reason = skip.Step.Id == Notice ? skip.Because : reason;
            }
            else if (decision is Decision.Send send)
            {
                Record(send.Step.Id, StepState.Pending, now);
                var left = Deliver(term, number, send.Step, now);
                if (left is { } at && send.Step.Id == Notice)
                    sent.Add(at);
                else if (left is null)
                    _history.RemoveAll(r => r.StepId == send.Step.Id);
                Reminders += left is not null && send.Step.Id != Notice ? 1 : 0;
                if (left is not null && send.Step.Id == Notice && world.Bounces())
                    bounced = left.Value.AddHours(1);
                now = world.Up((left ?? now) + world.Soon());
            }
            else
            {
                now = decision is Decision.Wait wait && wait.Until < to ? world.Up(wait.Until > now ? wait.Until + world.Soon() : now + world.Soon()) : to;
            }
        }

        return new TacitNotice(number, term, sent, bounced, reason);
    }

    // The message is claimed while it may start; what cannot leave today is planned again.
    private DateTimeOffset? Deliver(TacitTerm term, int number, Step step, DateTimeOffset planned)
    {
        var (today, calendar) = (world.Calendar.LocalDate(planned), world.Calendar);
        var urgent = step.IsUrgent(term.Term.End, today);
        var opens = urgent || planned > calendar.OpensOn(today) ? planned : calendar.OpensOn(today);
        var closes = urgent ? calendar.StartOf(step.ValidUntil(term.Term.End).AddDays(1)) : calendar.ClosesOn(today, lastDay: false);
        for (var at = world.Up(opens + world.Soon()); at < closes; at = world.Up(at.AddMinutes(15)))
        {
            if (world.MailFails())
                continue;
            if (Ask(term, number, at) is not Decision.Wait { Because: SkipReason.AlreadyPlanned })
                return null;
            Record(step.Id, StepState.Sent, at);
            return at;
        }

        return null;
    }

    private Decision Ask(TacitTerm term, int number, DateTimeOffset now)
    {
        Decisions++;
        return Planner.Next(
            world.Cycle(term, number, world.Calendar.LocalDate(now)), new ClientFacts(SlotTaken: world.SlotTaken()), _history, _sequence, world.Calendar, now);
    }

    private void Record(string step, StepState state, DateTimeOffset at)
    {
        _history.RemoveAll(r => r.StepId == step);
        _history.Add(new StepRecord(step, state, world.Calendar.LocalDate(at)));
    }
}
