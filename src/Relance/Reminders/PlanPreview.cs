using Relance.Operations;
using Relance.Outbox;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>What the planner says about one contract on one day.</summary>
/// <param name="Contract">Our id.</param>
/// <param name="Reference">As mails print it.</param>
/// <param name="Shop">The shop's address.</param>
/// <param name="Step">Null where the cycle needs nothing more.</param>
/// <param name="Decision"><c>send</c>, <c>wait</c>, <c>skip</c> or <c>stop</c>.</param>
/// <param name="Reason">Code of the reason; null for what is planned that day.</param>
/// <param name="Date">The day looked at; for <c>wait</c> the local day on which the planner looks again.</param>
internal sealed record PlannedStep(string Contract, string Reference, string Client, string Shop, string? Step, string Decision, string? Reason, string Date);

/// <summary>Asks the planner, day by day in memory, what will go out if nobody pays or changes anything until then. Writes nothing.</summary>
public sealed class PlanPreview(Database database, RelanceSettings settings, Clocks clocks)
{
    /// <summary>Days that can be looked ahead.</summary>
    public const int Horizon = 366;

    /// <summary>The business day that it is in the agency's zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clocks.Now, settings.Calendar.TimeZone).DateTime);

    /// <summary>The answers about every open cycle at the opening of that day's window.</summary>
    /// <param name="day">From <see cref="Today"/> to <see cref="Horizon"/> days later.</param>
    internal Task<IReadOnlyList<PlannedStep>> OnAsync(DateOnly day, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day, Today);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, Today.AddDays(Horizon));
        return database.ReadAsync(session => OnAsync(session, day), ct);
    }

    private async Task<IReadOnlyList<PlannedStep>> OnAsync(Session session, DateOnly day)
    {
        var names = (await session.QueryAsync<NameRow>("SELECT id AS Id, name AS Name FROM client")).ToDictionary(row => row.Id, row => row.Name);
        var preview = await Preview.ReadAsync(session, settings, clocks.Now);
        return [.. preview.On(day).Select(said => Row(said.Cycle, said.Answer, names))];
    }

    private static PlannedStep Row(PreviewedCycle cycle, PreviewedAnswer answer, Dictionary<string, string> names) => new(
        cycle.Contract.Id, LetterWriter.Reference(cycle.Contract), names[cycle.Contract.ClientId], cycle.Shop.Url,
        answer.Step, answer.Decision, answer.Reason, answer.On.Text());

    private sealed class NameRow
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
    }
}
