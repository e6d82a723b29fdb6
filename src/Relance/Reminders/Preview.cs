using Relance.Billing;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>What a cycle answered on a day.</summary>
internal sealed record Foreseen(DateOnly Day, PreviewedCycle Cycle, PreviewedAnswer Answer);

/// <summary>All open cycles, lived through day by day in memory if nobody pays or changes anything. Each is asked only on the days its own answers name: the cost follows what happens.</summary>
internal sealed class Preview
{
    private readonly SortedDictionary<DateOnly, List<PreviewedCycle>> _agenda = [];

    private Preview(IReadOnlyList<PreviewedCycle> cycles)
    {
        Cycles = cycles;
        foreach (var cycle in cycles)
            Ask(cycle, cycle.Context.Today);
    }

    /// <summary>Every open cycle, by shop and anchor.</summary>
    public IReadOnlyList<PreviewedCycle> Cycles { get; }

    /// <summary>Reads every shop as it is, or as it would be.</summary>
    /// <param name="asIf">What the preview takes a shop for, such as live from today.</param>
    public static async Task<Preview> ReadAsync(Session session, RelanceSettings settings, DateTimeOffset now, Func<LinkedShop, LinkedShop>? asIf = null)
    {
        var days = new PreviewedDays();
        var cycles = new List<PreviewedCycle>();
        foreach (var linked in await LinkedShop.AllAsync(session))
        {
            var context = new BillingContext(session, asIf?.Invoke(linked) ?? linked, settings, now);
            cycles.AddRange((await PlanViews.AllAsync(context)).Select(view => new PreviewedCycle(context, view, days)));
            foreach (var slot in (await PlanViews.SlotsAsync(session, context.Today)).Where(slot => slot.ShopId == linked.Id))
            {
                if (slot.Class == MessageRow.Reminder)
                    days.Take(slot.RecipientId, slot.Mode, slot.ShopId, context.Today);
                else
                    days.TakeAlone(slot.RecipientId, slot.Mode, context.Today);
            }
        }

        foreach (var cycle in cycles.Where(cycle => cycle.Contract.State.SubscriptionId is not null && cycle.Shop.InvoiceTakesTheDay()))
            days.TakeByShop(cycle.View.RecipientId, cycle.Shop, ShopInvoices.DayOf(cycle.View.Cycle.Anchor));
        return new Preview(cycles);
    }

    /// <summary>Lives through all days up to one, included: what was decided on them, in order.</summary>
    public IEnumerable<Foreseen> Until(DateOnly last)
    {
        while (_agenda.Count > 0 && _agenda.First() is { Key: var day, Value: var due } && day <= last)
        {
            _agenda.Remove(day);
            foreach (var cycle in InOrder(due, day))
            {
                foreach (var answer in Live(cycle, day))
                    yield return new Foreseen(day, cycle, answer);
            }
        }
    }

    /// <summary>What every cycle says on a day, once the days before it are lived through.</summary>
    public IReadOnlyList<Foreseen> On(DateOnly day)
    {
        foreach (var _ in Until(day.AddDays(-1)))
        {
            // The days before only have to be lived through.
        }

        return [.. InOrder(Cycles, day).SelectMany(cycle => cycle.AnswersOn(day).Select(answer => new Foreseen(day, cycle, answer)))];
    }

    private IReadOnlyList<PreviewedAnswer> Live(PreviewedCycle cycle, DateOnly day)
    {
        var answers = cycle.Live(day);
        DateOnly? next = answers[^1] switch
        {
            { Decision: "stop" } => null,
            { Decision: "wait" } wait when wait.On > day => wait.On,
            _ => day.AddDays(1),
        };
        if (next is { } on)
            Ask(cycle, on);
        return answers;
    }

    private void Ask(PreviewedCycle cycle, DateOnly on)
    {
        if (!_agenda.TryGetValue(on, out var there))
            _agenda[on] = there = [];
        there.Add(cycle);
    }

    // As the planning job: beyond the ceiling, what expires first goes first.
    private static IEnumerable<PreviewedCycle> InOrder(IEnumerable<PreviewedCycle> due, DateOnly day) => due
        .GroupBy(cycle => cycle.Shop.Id, StringComparer.Ordinal)
        .SelectMany(shop => shop.Count() <= shop.First().Context.Settings.DailyCeiling ? shop : (IEnumerable<PreviewedCycle>)shop.OrderBy(cycle => cycle.ExpiresOn(day)));
}
