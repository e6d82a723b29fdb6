using Relance.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Reminders;
using Relance.Shops;

namespace Relance.Reminders;

/// <summary>One answer of the planner, as people read it.</summary>
/// <param name="Decision"><c>send</c>, <c>wait</c>, <c>skip</c> or <c>stop</c>.</param>
/// <param name="On">The day looked at; for <c>wait</c> the local day on which the planner looks again.</param>
internal sealed record PreviewedAnswer(string? Step, string Decision, string? Reason, DateOnly On);

/// <summary>A cycle that lives through days in memory: what would be sent or skipped is added to its history.</summary>
internal sealed class PreviewedCycle(BillingContext context, PlanView view, PreviewedDays days)
{
    private readonly DateOnly? _takenOn = view.Client.SlotTaken ? context.Today : null;
    private readonly DateOnly? _legalOn = view.Client.LegalToday ? context.Today : null;
    private PlanView _view = view;

    public BillingContext Context => context;

    public PlanView View => _view;

    public StoredContract Contract => _view.Contract;

    public LinkedShop Shop => context.Shop;

    /// <summary>Lives a day through; the answers it gave.</summary>
    public IReadOnlyList<PreviewedAnswer> Live(DateOnly day)
    {
        var answers = AnswersOn(day);
        foreach (var answer in answers.Where(answer => answer.Decision == "send"))
        {
            Record(answer.Step!, StepState.Sent, day);
            if (answer.Step == MaintenanceSequence.Ended && Shop.Mode == "live")
                _view = _view with { Cycle = _view.Cycle with { State = CycleState.Ended } };
        }

        return answers;
    }

    /// <summary>Every answer of a day: steps that will not go, then what is sent, awaited or over.</summary>
    public IReadOnlyList<PreviewedAnswer> AnswersOn(DateOnly day)
    {
        var answers = new List<PreviewedAnswer>();
        while (Ask(day) is var decision)
        {
            answers.Add(AnswerTo(decision, day));
            if (decision is not Decision.Skip skip)
                break;
            Record(skip.Step.Id, StepState.Skipped, day);
        }

        return answers;
    }

    /// <summary>Until when the step that would go on a day is true; the end of time when none would. Under the ceiling, what expires first goes first.</summary>
    public DateOnly ExpiresOn(DateOnly day) => Ask(day) is Decision.Send send ? send.ValidUntil : DateOnly.MaxValue;

    private Decision Ask(DateOnly day)
    {
        var taken = day == _takenOn || days.IsTaken(_view.RecipientId, Shop, day);
        _view = _view with { Client = _view.Client with { SlotTaken = taken, LegalToday = day == _legalOn } };
        // Today, an hour that has passed opens no window any more.
        var opening = context.Calendar.OpensOn(day);
        return PlanningJob.Decide(context with { Now = opening > context.Now ? opening : context.Now }, _view);
    }

    private void Record(string step, StepState state, DateOnly day)
    {
        _view.History.RemoveAll(record => record.StepId == step);
        _view.History.Add(new StepRecord(step, state, day));
    }

    private PreviewedAnswer AnswerTo(Decision decision, DateOnly day) => decision switch
    {
        Decision.Skip skip => new(skip.Step.Id, "skip", skip.Because.Code(), day),
        Decision.Send send => SendOn(send, day),
        Decision.Wait { Because: SkipReason.AlreadyPlanned } wait => new(wait.NextStep.Id, "send", SkipReason.AlreadyPlanned.Code(), day),
        Decision.Wait wait => new(wait.NextStep.Id, "wait", wait.Because.Code(), context.Calendar.LocalDate(wait.Until)),
        Decision.Stop stop => new(null, "stop", stop.Because.Code(), day),
        _ => throw new InvalidOperationException($"decision: {decision.GetType().Name} is not known."),
    };

    private PreviewedAnswer SendOn(Decision.Send send, DateOnly day)
    {
        if (send.Step.Class == StepClass.Legal)
        {
            days.TakeAlone(_view.RecipientId, Shop.Mode, day);
            return new(send.Step.Id, "send", null, day);
        }

        if (!days.HasRoom(_view.RecipientId, Shop, day, context.Settings.DailyCeiling))
            return new(send.Step.Id, "wait", SkipReason.DailyCeiling.Code(), context.Calendar.Move(day.AddDays(1), DateMove.Later));
        days.Take(_view.RecipientId, Shop.Mode, Shop.Id, day);
        return new(send.Step.Id, "send", null, day);
    }
}
