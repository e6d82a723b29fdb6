using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Relance.Tests.ThreeProcesses;

/// <summary>
/// Fake shop, <c>serve</c> and maildev are three processes; this one only seeds, pays and counts, from the mailbox and by GETs at the shop.
/// The environment variable <c>RELANCE_SEED</c> replays a run.
/// </summary>
public sealed class No_process_grades_itself(ITestOutputHelper output)
{
    private static readonly string[] s_steps = ["maintenance.notice", "maintenance.attention", "maintenance.last-day", "maintenance.lapsed", "maintenance.suspension"];

    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("RELANCE_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next(1_000_000);

    [Fact]
    public async Task Seventy_one_days_give_no_mail_twice_none_after_payment_and_agreement_with_the_shop()
    {
        var random = new Random(_seed);
        var anchor = new DateOnly(2027, 1, 1).AddDays(random.Next(365));
        var (start, lastDay) = (Paris.At(anchor.AddDays(-35), 0), anchor.AddDays(35));
        var clock = Stopwatch.StartNew();
        using var theatre = await Theatre.OpenAsync(start);
        await SeedAsync(theatre.Cast, random, anchor, lastDay);
        await theatre.PlayAsync(start, lastDay, 90_000);

        var (grade, between) = (await theatre.GradeAsync(lastDay), await theatre.BetweenAsync());
        Say($"J {anchor:yyyy-MM-dd}, {theatre.Cast.Sales.Count} contracts", grade, between, clock);
        grade.Mails.ShouldBeGreaterThan(100);
        grade.Duplicates.ShouldBeEmpty();
        grade.AfterPayment.ShouldBeEmpty();
        grade.Crowded.ShouldBeEmpty();
        grade.Unclear.ShouldBe(0);
        grade.Disagreements.ShouldBeEmpty();
        between.ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public async Task Without_the_check_before_sending_the_same_count_finds_mails_after_payment()
    {
        var anchor = new DateOnly(2027, 1, 1).AddDays(new Random(_seed).Next(365));
        var notice = Due.Notice(anchor);
        var clock = Stopwatch.StartNew();
        using var theatre = await Theatre.OpenAsync(Paris.At(notice.AddDays(-2), 0));
        for (var i = 0; i < 6; i++)
            await theatre.Cast.AddAsync(anchor, subscription: i % 2 == 0, order: i % 2 == 1, s_steps[0]);
        await theatre.PlayAsync(Paris.At(notice.AddDays(-2), 0), notice, 20_000, "Outbox:CheckBeforeSending=false");

        var grade = await theatre.GradeAsync(notice);
        Say("without the check", grade, await theatre.BetweenAsync(), clock);
        grade.AfterPayment.ShouldNotBeEmpty();
    }

    private static async Task SeedAsync(Cast cast, Random random, DateOnly anchor, DateOnly lastDay)
    {
        for (var i = 0; i < 15; i++)
            await cast.AddAsync(anchor, subscription: i % 2 == 0, order: i % 2 == 1, s_steps[i % 5]);
        // Later terms are still suspended, in grace or due when the run ends.
        foreach (var (days, count) in ((int, int)[])[(0, 14), (24, 5), (33, 4), (45, 3)])
        {
            for (var i = 0; i < count; i++)
            {
                var sale = (await cast.AddAsync(anchor.AddDays(days), subscription: i % 2 == 0, order: i % 2 == 1))[0];
                if (random.Next(10) < 6)
                    await cast.PaysAsync(sale, random.Next(-33, Math.Min(28, lastDay.DayNumber - sale.Anchor.DayNumber - 2)), random.Next(8, 19));
            }
        }

        // One person, two contracts: one mail a day.
        for (var i = 0; i < 3; i++)
            await cast.PaysAsync((await cast.AddAsync(anchor, subscription: true, order: true))[0], random.Next(-33, 28), random.Next(8, 19));
    }

    private void Say(string what, Grade grade, int between, Stopwatch clock)
    {
        var line = string.Create(CultureInfo.InvariantCulture,
            $"RELANCE_SEED={_seed}, {what}: {grade.Mails} mails, {grade.Duplicates.Count} duplicates, {grade.AfterPayment.Count} after payment, {grade.Crowded.Count} crowded days, {between} payments between planning and claiming, {grade.Disagreements.Count} disagreements, {clock.Elapsed.TotalSeconds:0} s");
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
