using Relance.Domain.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Reminders;
using Relance.Domain.Tests.Planning;

namespace Relance.Domain.Tests.Simulation;

/// <summary>Properties over generated worlds. <c>RELANCE_SEED</c> is the first seed (1), <c>RELANCE_WORLDS</c> their number (1,000).</summary>
public sealed class Whatever_happens
{
    private static readonly int FirstSeed = Setting("RELANCE_SEED", 1);
    private static readonly int Worlds = Setting("RELANCE_WORLDS", 1000);

    [Fact]
    public void Every_reminder_is_right_in_thousands_of_generated_contracts()
    {
        int contracts = 0, sent = 0, decisions = 0;
        var steps = new HashSet<string>();
        for (var seed = FirstSeed; seed < FirstSeed + Worlds; seed++)
        {
            var world = new WorldGenerator(seed).Make();
            var engine = new Engine(world).Run();
            Invariants.CheckRun(engine, world);
            steps.UnionWith(engine.Sent.Select(s => s.Step.Id));
            (contracts, sent, decisions) = (contracts + world.Contracts.Count, sent + engine.Sent.Count, decisions + engine.Decisions);
        }

        // A simulation in which nothing happens would prove nothing.
        sent.ShouldBeGreaterThan(contracts, $"{contracts} contracts, {decisions} decisions");
        steps.Count.ShouldBe(8);
    }

    [Fact]
    public void Without_trouble_every_step_goes_or_merges_on_any_anchor_day()
    {
        const int sevenYears = 7 * 365;
        for (var n = 0; n < Worlds; n++)
        {
            foreach (var region in Enum.GetValues<HolidayRegion>())
                Undisturbed(new DateOnly(2024, 1, 1).AddDays(n * sevenYears / Worlds), region);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)]
    public void Each_term_starts_afresh(int months)
    {
        var contract = new SimContract("c", "Anne", "shop", new DateOnly(2026, 1, 31), months, MaintenanceSequence.For(months, new MaintenanceOptions()))
        {
            Cycle = new Cycle(CycleState.Open, RenewalKind.Explicit, 1, Term.Nth(new DateOnly(2026, 1, 31), months, 1).End, new DateOnly(2025, 1, 1)),
        };
        for (var term = 1; term <= 5; term++)
        {
            contract.Cycle.Anchor.ShouldBe(contract.AnchorOf(term));
            var story = new Story { Sequence = contract.Sequence, Cycle = contract.Cycle }.Play(-30, 0);
            story.ToString().ShouldStartWith("notice J-");
            story.History.ForEach(r => contract.Record(r.StepId, r.State, r.On));
            contract.Pay();
            contract.History.ShouldBeEmpty();
        }
    }

    private static void Undisturbed(DateOnly anchor, HolidayRegion region)
    {
        var story = new Story
        {
            Calendar = new(Story.Paris, SendingWindow.Default, region: region),
            Cycle = new Cycle(CycleState.Open, RenewalKind.Explicit, 1, anchor, anchor.AddDays(-300)),
        }.Play(-36, 40);
        story.History.Count.ShouldBe(8, $"J {anchor:O}: {story}");
        story.Log.ShouldAllBe(line => !line.Contains("skipped") || line.EndsWith("merged-into-next"), $"J {anchor:O}: {story}");
        story.Log.ShouldContain(line => line.StartsWith("suspension J"), $"J {anchor:O}: {story}");
        story.Log.ShouldContain(line => line.StartsWith("ended J"), $"J {anchor:O}: {story}");
    }

    private static int Setting(string name, int value) => int.TryParse(Environment.GetEnvironmentVariable(name), out var set) ? set : value;
}
