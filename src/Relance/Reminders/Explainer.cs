using Relance.Agency;
using Relance.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Outbox;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>Explains a contract's open term: what was decided, and what the planner will decide if nothing changes.</summary>
internal sealed class Explainer(Session session, RelanceSettings settings, DateTimeOffset now)
{
    // Days after the last step in which what waited for a slot or under the ceiling still finds its day.
    private const int Afterwards = 14;

    public async Task<Explanation> ExplainAsync(string wanted)
    {
        var contract = await FindAsync(wanted) ?? throw RefusedException.NotFound("contract", wanted);
        var shop = (await LinkedShop.FindAsync(session, contract.ShopId))!;
        var client = await session.ValueAsync<string>("SELECT name FROM client WHERE id = @ClientId", new { contract.ClientId }) ?? "";
        var preview = await Preview.ReadAsync(session, settings, now);
        var cycle = preview.Cycles.FirstOrDefault(c => c.Contract.Id == contract.Id);
        var (steps, what) = cycle is null ? ([], NoOpenTerm(contract)) : await StepsAsync(preview, cycle);
        return new Explanation(
            contract.Id, LetterWriter.Reference(contract), client, shop.Url, shop.Mode, contract.Standing, cycle?.View.Cycle.Anchor, what, steps,
            [.. steps.Select(step => step.Reason).Append(shop.SiteMismatch == 1 ? "shop-unreachable" : null).OfType<string>().Distinct(StringComparer.Ordinal)
                .Select(code => ReasonTexts.Of(code)).Where(text => text.Change.Length > 0).Select(text => $"Because {text.Because}: {text.Change}.")]);
    }

    private async Task<StoredContract?> FindAsync(string wanted) => await ContractStore.FindAsync(session, wanted)
        ?? (await ContractStore.AllAsync(session)).FirstOrDefault(c => string.Equals(LetterWriter.Reference(c), wanted, StringComparison.OrdinalIgnoreCase));

    private static string NoOpenTerm(StoredContract contract) => contract.State switch
    {
        { DeclinedOn: { } on } => $"The client declined on {ReasonTexts.Day(on)}: nothing more goes out.",
        { Historic: true } => "Its term ended long before the shop was linked: nothing goes out.",
        { EndedOn: { } on } => $"It was closed on {ReasonTexts.Day(on)}: nothing more goes out.",
        _ => "It has no open term: nothing goes out.",
    };

    private async Task<(IReadOnlyList<ExplainedStep> Steps, string Now)> StepsAsync(Preview preview, PreviewedCycle cycle)
    {
        var decided = await session.QueryAsync<Decided>(
            """
            SELECT r.step AS Step, r.state AS State, r.reason AS Reason, r.decided_on AS DecidedOn, m.hold AS Hold
            FROM reminder r LEFT JOIN message m ON m.id = r.message_id WHERE r.cycle_id = @Id AND r.mode = @Mode
            """, new { cycle.View.Row.Id, cycle.Shop.Mode });
        var sequence = cycle.View.Sequence;
        var last = sequence.Steps.Select(step => step.DueOn(cycle.View.Cycle.Anchor, cycle.Context.Calendar)).Append(cycle.Context.Today).Max().AddDays(Afterwards);
        var said = preview.Until(last).Where(f => f.Cycle == cycle).Select(f => f.Answer).ToList();
        var steps = sequence.Steps.Select(step => Explain(step, cycle, decided.FirstOrDefault(d => d.Step == step.Id), said.FindAll(a => a.Step == step.Id))).ToList();
        return (steps, Now(said, steps, cycle.Context.Today));
    }

    private ExplainedStep Explain(Step step, PreviewedCycle cycle, Decided? decided, List<PreviewedAnswer> said)
    {
        var anchor = cycle.View.Cycle.Anchor;
        var (nominal, due) = (anchor.AddDays(step.Day), step.DueOn(anchor, cycle.Context.Calendar));
        DateOnly? until = step.LastDay is null ? null : step.ValidUntil(anchor);
        var (state, on, reason) = decided is null ? Foretold(said) : (decided.State, Values.Date(decided.DecidedOn), decided.State == "planned" ? decided.Hold : decided.Reason);
        var moved = nominal == due ? null : $"{ReasonTexts.Day(nominal)} is {Closed(nominal, step)}: moved {(due < nominal ? "earlier" : "later")}";
        var rule = step.Class == StepClass.Legal && LegalNotices.TermOf(cycle.Context, cycle.Contract.State, cycle.Contract.ClientKind) is { } term ? LegalNotices.Because(term, due, "en") : null;
        var sentence = Sentence(state, on, reason, due, until, moved, step.NeedsApproval);
        return new ExplainedStep(step.Id, nominal, due, moved, until, state, on, reason, step.NeedsApproval, rule is null ? sentence : $"{sentence} {rule}", rule);
    }

    // What the planner will say: the last word counts, a wait before it explains it.
    private static (string State, DateOnly? On, string? Reason) Foretold(List<PreviewedAnswer> said) => said.LastOrDefault() switch
    {
        { Decision: "send" } answer => ("will-go", answer.On, null),
        { Decision: "skip" } answer => ("will-be-skipped", answer.On, answer.Reason),
        { } answer => ("waits", null, answer.Reason),
        null => ("waits", null, null),
    };

    private string Closed(DateOnly day, Step step) => day switch
    {
        { DayOfWeek: DayOfWeek.Saturday or DayOfWeek.Sunday } => "a weekend",
        _ when FrenchHolidays.Contains(day, settings.Calendar.AlsaceMoselle ? HolidayRegion.AlsaceMoselle : HolidayRegion.Metropole) => "a public holiday",
        _ when step.AvoidedDays.Contains(day.DayOfWeek) => "a weekday that this step avoids",
        _ => "a closed day",
    };

    private static string Sentence(string state, DateOnly? on, string? reason, DateOnly due, DateOnly? until, string? moved, bool approval)
    {
        var because = reason is null ? "" : $": {ReasonTexts.Of(reason).Because}";
        var what = (state, on) switch
        {
            ("sent", { } day) => $"Sent on {ReasonTexts.Day(day)}",
            ("skipped", { } day) => $"Skipped on {ReasonTexts.Day(day)}{because}",
            ("failed", { } day) => $"Failed on {ReasonTexts.Day(day)}{because}",
            ("planned", { } day) => $"Planned on {ReasonTexts.Day(day)}{because}",
            ("will-go", { } day) => $"Will go on {ReasonTexts.Day(day)}{(approval ? ", once a person has approved it" : "")}{(day > due ? $" (due since {ReasonTexts.Day(due)})" : "")}",
            ("will-be-skipped", { } day) => $"Will be skipped on {ReasonTexts.Day(day)}{because}",
            _ => $"Waits{because}",
        };
        var valid = state is "will-go" or "planned" or "waits" && until is { } last ? $" It is true until {ReasonTexts.Day(last)}." : "";
        return $"{what}.{(moved is null ? "" : $" {moved}.")}{valid}";
    }

    private static string Now(List<PreviewedAnswer> said, List<ExplainedStep> steps, DateOnly today)
    {
        if (steps.Find(step => step.State == "planned") is { } planned)
            return $"{planned.Step} is planned{(planned.Reason is { } hold ? $", and waits: {ReasonTexts.Of(hold).Because}" : " and leaves in the next window")}.";
        if (steps.Find(step => step.State == "will-go") is { On: { } on } next)
            return $"{next.Step} goes next, {(on == today ? "today" : $"on {ReasonTexts.Day(on)}")}.";
        return said.LastOrDefault()?.Reason is { } reason ? $"Nothing goes out: {ReasonTexts.Of(reason).Because}." : "Nothing goes out.";
    }

    private sealed class Decided
    {
        public string Step { get; init; } = "";
        public string State { get; init; } = "";
        public string? Reason { get; init; }
        public string DecidedOn { get; init; } = "";
        public string? Hold { get; init; }
    }
}
