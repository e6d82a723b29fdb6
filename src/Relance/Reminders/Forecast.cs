using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Outbox;

namespace Relance.Reminders;

/// <summary>Turns the planner's answers into days, messages and sums.</summary>
internal sealed class Forecast(RelanceSettings settings, LetterWriter writer, ForesightClients clients)
{
    private static readonly string s_slot = SkipReason.DailySlot.Code();
    private static readonly string s_ceiling = SkipReason.DailyCeiling.Code();

    private readonly List<Foreseen> _answers = [];
    private readonly Dictionary<string, string> _last = new(StringComparer.Ordinal);

    /// <summary>Takes an answer in, when it is about one of our clients.</summary>
    public void Add(Foreseen said)
    {
        if (clients.Find(said.Cycle.Contract.ClientId) is null)
            return;
        _last[said.Cycle.View.Row.Id] = said.Answer.Reason ?? "";
        if (said.Answer.Decision is "send" or "skip" || said.Answer.Reason == s_slot || said.Answer.Reason == s_ceiling)
            _answers.Add(said);
    }

    public ForesightReport Report(DateOnly from, DateOnly to, IReadOnlyList<PreviewedCycle> cycles)
    {
        var days = _answers.GroupBy(said => said.Day).Select(Day).ToList();
        var busiest = days.MaxBy(day => day.Messages.Count);
        var mine = cycles.Where(cycle => clients.Find(cycle.Contract.ClientId) is not null).ToList();
        return new ForesightReport(from, to, ForesightReport.NobodyPays, days, Clients(days), new ForesightTotals(
            days.Sum(day => day.Messages.Count), days.SelectMany(day => day.Messages).Select(m => m.ClientId).Distinct(StringComparer.Ordinal).Count(), mine.Count,
            Counted(days.SelectMany(day => day.Messages).SelectMany(m => m.Steps).Select(step => step.Step)),
            Counted(days.SelectMany(day => day.Skipped).Select(skip => skip.Reason)),
            Counted(mine.Select(cycle => _last.GetValueOrDefault(cycle.View.Row.Id, "")).Where(reason => reason.Length > 0)),
            busiest is { Messages.Count: > 0 } ? busiest.On : null, busiest?.Messages.Count ?? 0, settings.DailyCeiling));
    }

    private ForeseenDay Day(IGrouping<DateOnly, Foreseen> day) => new(
        day.Key,
        [.. day.Where(said => said.Answer.Decision == "send").GroupBy(Slot).Select(Message)],
        [.. day.Where(said => said.Answer.Decision == "skip").Select(Skip)],
        day.Count(said => said.Answer.Decision == "wait" && said.Answer.Reason == s_slot),
        day.Count(said => said.Answer.Decision == "wait" && said.Answer.Reason == s_ceiling));

    // What is not a reminder goes alone.
    private static (string Shop, string? Recipient, string? Alone) Slot(Foreseen said) => (
        said.Cycle.Shop.Id, said.Cycle.View.RecipientId, StepOf(said).Class == StepClass.Reminder ? null : said.Cycle.View.Row.Id + said.Answer.Step);

    private static Step StepOf(Foreseen said) => said.Cycle.View.Sequence.Steps.First(step => step.Id == said.Answer.Step);

    private ForeseenMessage Message(IEnumerable<Foreseen> together)
    {
        var said = together.ToList();
        var cycle = said[0].Cycle;
        var client = clients.Find(cycle.Contract.ClientId)!;
        var context = cycle.Context with { Now = cycle.Context.Calendar.OpensOn(said[0].Day) };
        var items = said.ConvertAll(s => new LetterItem("", s.Answer.Step!, s.Cycle.View.Row, s.Cycle.Contract, s.Day, null));
        var (subject, fault) = Subject(() => writer.Subject(context, client.Name, client.Locale, items));
        return new ForeseenMessage(
            cycle.Shop.Id, cycle.Shop.Name, client.Id, client.Name, client.Email ?? "", subject, said.Exists(s => StepOf(s).NeedsApproval), said.ConvertAll(Step), fault);
    }

    // One message that cannot be put into words never hides the others.
    private static (string Subject, string? Fault) Subject(Func<string> write)
    {
        try
        {
            return (write(), null);
        }
        catch (ArgumentException e)
        {
            return ("", e.Message);
        }
    }

    private static ForeseenStep Step(Foreseen said) => new(
        said.Cycle.Contract.Id, LetterWriter.Reference(said.Cycle.Contract), said.Cycle.Contract.State.PlanName, said.Answer.Step!,
        said.Cycle.Contract.State.Amount, said.Cycle.Contract.State.Currency, said.Cycle.View.Cycle.Anchor);

    private ForeseenSkip Skip(Foreseen said) => new(
        said.Cycle.Contract.Id, LetterWriter.Reference(said.Cycle.Contract), clients.Find(said.Cycle.Contract.ClientId)!.Name, said.Answer.Step!, said.Answer.Reason!);

    private static List<ForeseenClient> Clients(IEnumerable<ForeseenDay> days) =>
        [.. days.SelectMany(day => day.Messages.Select(message => (day.On, message))).GroupBy(m => m.message.ClientId, StringComparer.Ordinal)
            .Select(of => new ForeseenClient(of.Key, of.First().message.Client, of.First().message.Address, of.Count(), of.Min(m => m.On), of.Max(m => m.On)))
            .OrderByDescending(client => client.Messages).ThenBy(client => client.Client, StringComparer.CurrentCulture)];

    private static SortedDictionary<string, int> Counted(IEnumerable<string> values) =>
        new(values.GroupBy(value => value, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Count(), StringComparer.Ordinal), StringComparer.Ordinal);
}
