using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Shops;

namespace Relance.Reminders;

/// <summary>One answer of the planner, as people read it.</summary>
internal sealed record PreviewedAnswer(string? Step, string Decision, string? Reason, DateOnly On);

/// <summary>Who already gets a mail on a day of the preview, and from which shop.</summary>
internal sealed class PreviewedDays
{
    private readonly Dictionary<(string Recipient, DateOnly Day), string> _slots = [];

    /// <summary>Whether another shop writes to this person that day.</summary>
    public bool IsTaken(string? recipient, string shop, DateOnly day) => recipient is not null && _slots.TryGetValue((recipient, day), out var by) && by != shop;

    /// <summary>Whether one more mail stays under the shop's ceiling; contracts of one person share a mail.</summary>
    public bool HasRoom(string? recipient, string shop, DateOnly day, int ceiling) =>
        (recipient is not null && _slots.ContainsKey((recipient, day))) || _slots.Count(slot => slot.Key.Day == day && slot.Value == shop) < ceiling;

    /// <summary>Takes a person's slot.</summary>
    public void Take(string? recipient, string shop, DateOnly day) => _ = recipient is not null && _slots.TryAdd((recipient, day), shop);
}

/// <summary>A cycle that lives through days in memory: what would be sent or skipped is added to its history.</summary>
internal sealed class PreviewedCycle(BillingContext context, PlanView view, PreviewedDays days)
{
    private readonly DateOnly? _takenOn = view.Client.SlotTaken ? context.Today : null;
    private PlanView _view = view;

    public StoredContract Contract => _view.Contract;

    public LinkedShop Shop => context.Shop;

    /// <summary>Lives a day through.</summary>
    public void Live(DateOnly day)
    {
        foreach (var answer in AnswersOn(day).Where(answer => answer.Decision == "send"))
        {
            _view.History.RemoveAll(record => record.StepId == answer.Step);
            _view.History.Add(new StepRecord(answer.Step!, StepState.Sent, day));
            if (answer.Step == MaintenanceSequence.Ended && Shop.Mode == "live")
                _view = _view with { Cycle = _view.Cycle with { State = CycleState.Ended } };
        }
    }

    /// <summary>Every answer of a day: steps that will not go, then what is sent, awaited or over.</summary>
    public IReadOnlyList<PreviewedAnswer> AnswersOn(DateOnly day)
    {
        var answers = new List<PreviewedAnswer>();
        var opening = context with { Now = context.Calendar.OpensOn(day) };
        var taken = day == _takenOn || days.IsTaken(_view.RecipientId, Shop.Id, day);
        _view = _view with { Client = _view.Client with { SlotTaken = taken } };
        while (PlanningJob.Decide(opening, _view) is var decision)
        {
            answers.Add(AnswerTo(decision, day));
            if (decision is not Decision.Skip skip)
                break;
            _view.History.RemoveAll(record => record.StepId == skip.Step.Id);
            _view.History.Add(new StepRecord(skip.Step.Id, StepState.Skipped, day));
        }

        return answers;
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
        if (!days.HasRoom(_view.RecipientId, Shop.Id, day, context.Settings.DailyCeiling))
            return new(send.Step.Id, "wait", SkipReason.DailyCeiling.Code(), day.AddDays(1));
        days.Take(_view.RecipientId, Shop.Id, day);
        return new(send.Step.Id, "send", null, day);
    }
}
