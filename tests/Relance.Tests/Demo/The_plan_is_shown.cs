using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Relance.Demo;
using Relance.Reminders;
using Relance.Storage;
using Relance.Tests.Cli;

namespace Relance.Tests.Demo;

public sealed class The_plan_is_shown : IAsyncLifetime
{
    private DemoWorld _world = null!;
    private PlanPreview _preview = null!;

    public async Task InitializeAsync()
    {
        _world = await DemoWorld.StartAsync(DemoRun.Start, [], default);
        DemoCast.Seed(_world.Shop, DemoRun.Anchor);
        await _world.LinkAsync("live", default);
        await _world.PlayAsync(_world.Playback.Of(DemoRun.FirstDay).First(), default);
        _preview = ActivatorUtilities.CreateInstance<PlanPreview>(_world.App.Services);
    }

    [Fact]
    public async Task Today_nothing_goes_and_every_contract_says_why()
    {
        var plan = await _preview.OnAsync(DemoRun.FirstDay, default);
        plan.Count.ShouldBe(40);
        plan.Where(step => step.Decision == "wait").ShouldAllBe(step => step.Reason == "not-due" && step.Date == (step.Step == "maintenance.before-debit" ? "2026-12-31" : "2026-12-16"));
        plan.Where(step => step.Decision == "stop").ShouldAllBe(step => step.Reason == "sequence-done");
    }

    [Theory]
    [InlineData(-30, "maintenance.notice")]
    [InlineData(-7, "maintenance.attention")]
    [InlineData(7, "maintenance.suspension")]
    public async Task A_later_day_counts_on_what_goes_before_it(int day, string step)
    {
        var sent = (await _preview.OnAsync(DemoRun.Anchor.AddDays(day), default)).Where(s => s.Decision == "send").ToList();
        sent.ShouldAllBe(s => s.Step == step);
        // Everybody explicit but the one without an address.
        sent.Count.ShouldBe(33);
    }

    [Fact]
    public async Task The_plan_of_the_next_sending_day_is_what_goes()
    {
        var day = DemoRun.Anchor.AddDays(-30);
        var plan = await _preview.OnAsync(day, default);
        for (var date = DemoRun.FirstDay.AddDays(1); date <= day; date = date.AddDays(1))
        {
            foreach (var window in _world.Playback.Of(date))
                await _world.PlayAsync(window, default);
        }

        var read = _world.Catcher.Mails.Select(MailAudit.Read).ToList();
        read.SelectMany(mail => mail.References).ShouldBe(plan.Where(s => s.Decision == "send").Select(s => s.Reference), ignoreOrder: true);
    }

    [Fact]
    public async Task Looking_writes_nothing()
    {
        var before = await RowsAsync();
        await _preview.OnAsync(DemoRun.Anchor.AddDays(30), default);
        (await RowsAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("2020-01-01")]
    [InlineData("2199-01-01")]
    [InlineData("tomorrow")]
    public async Task A_day_that_cannot_be_planned_is_refused_with_2(string date)
    {
        using var relance = new RelanceProcess();
        var answer = await relance.RunAsync(null, "plan", "--date", date);
        answer.ShouldSatisfyAllConditions(() => answer.Code.ShouldBe(2), () => answer.Error.ShouldContain("--date"), () => answer.Output.ShouldBeEmpty());
    }

    [Fact]
    public async Task Without_a_contract_the_document_is_an_empty_list()
    {
        using var relance = new RelanceProcess();
        JsonNode.Parse((await relance.RunAsync(null, "plan", "--json")).Output)!.AsArray().ShouldBeEmpty();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    private Task<long> RowsAsync() => _world.App.Services.GetRequiredService<Database>().ReadAsync(s => s.ValueAsync<long>(
        "SELECT (SELECT COUNT(*) FROM reminder) + (SELECT COUNT(*) FROM message) + (SELECT COUNT(*) FROM journal) + (SELECT COUNT(*) FROM postback) + (SELECT SUM(rev) FROM cycle)"));
}
