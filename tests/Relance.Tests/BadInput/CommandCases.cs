using Relance.Tests.Cli;

namespace Relance.Tests.BadInput;

/// <summary>Commands as people mistype them, run as processes.</summary>
internal static class CommandCases
{
    public static Family Family { get; } = new("Commands", "Run as `relance …` in an empty folder. 2 means asked wrongly.", RunAsync);

    private static readonly string[] s_cases =
    [
        "plann", "plan --date tomorrow", "plan --date 31/12/2026", "plan --date 2026-02-30", "plan --date 1999-01-01", "plan --clock 2026-12-01", "plan --speed 2", "plan --set DailyCeiling", "plan --set DailyCeiling=x",
        "shop add --url https://boutique.example", "template preview maintenance.nope --out x.html", "template preview maintenance.notice --locale xx --out x.html", "client address-ok nobody@client.example", "client address-ok", "inbound show nothing", "inbound",
        "law", "law notice-window --notice P2M --client consumer", "law notice-window --term 31/12/2026 --notice P2M --client consumer", "law notice-window --term 2026-12-31 --notice P1M15D --client consumer",
        "law notice-window --term 2026-12-31 --notice P2M --client somebody", "law notice-window --term 2026-12-31 --notice P2M --client consumer --term-start 2027-01-01",
        "law late-payment --client business --principal 1200,00 --due 2026-05-31 --paid 2026-07-20", "law late-payment --client business --principal 1200.00 --due 2026-05-31 --paid 2026-07-20 --rate high",
        "law late-payment --client business --principal 1200.00 --due 2026-05-31 --paid 2026-07-20 --payment 300", "law late-payment --client business --principal 1200.00 --due 2098-12-15 --paid 2099-01-10",
        "law due-date --invoice 2026-01-10 --terms soon", "law limitation --client consumer --completed 2024-11-15 --acknowledged 2024-11-14", "law refund --paid 600.00 --from 2026-01-01 --to 2025-12-31 --ended 2026-04-10",
    ];

    private static async Task<IReadOnlyList<Answered>> RunAsync()
    {
        using var relance = new RelanceProcess();
        return await Family.EachAsync(s_cases.Select(line => ($"`relance {line}`", line)), async line =>
        {
            var answer = await relance.RunAsync("", line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            var said = answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
            // What lies in the future moves with the calendar.
            return $"{answer.Code}: {System.Text.RegularExpressions.Regex.Replace(said, @"from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d", "from (today) to (a year on)", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))}";
        });
    }
}
