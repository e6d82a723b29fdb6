using System.CommandLine;
using Relance.Journal;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Cli;

/// <summary>A shop's journal, walked.</summary>
/// <param name="FirstBroken">The first entry that does not fit the one before it; null when it is whole.</param>
internal sealed record CheckedJournal(string Id, string Url, bool Whole, long? FirstBroken);

/// <summary><c>relance journal check</c>: whether the evidence is whole.</summary>
internal static class JournalCommand
{
    private static readonly Option<string?> s_shop = new("--shop") { Description = "Only this shop, by its id" };

    public static void AddTo(RootCommand root)
    {
        var check = new Command("check", "Walk each shop's chain of hashes; 1 when one is broken") { s_shop };
        check.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var wanted = parsed.GetValue(s_shop);
            var database = services.GetRequiredService<Database>();
            var shops = (await database.ReadAsync(LinkedShop.AllAsync, ct)).Where(shop => wanted is null || shop.Id == wanted).ToList();
            if (wanted is not null && shops.Count == 0)
                throw new UsageException($"--shop: there is none with the id '{wanted}'.");
            var walked = new List<CheckedJournal>();
            foreach (var shop in shops)
            {
                var broken = await database.ReadAsync(session => JournalWriter.FirstBrokenAsync(session, shop.Id), ct);
                walked.Add(new(shop.Id, shop.Url, broken is null, broken));
            }
            output.Table(walked, "No shop is linked.", ("Id", j => j.Id), ("Shop", j => j.Url), ("Journal", j => j.Whole ? "whole" : FormattableString.Invariant($"broken at entry {j.FirstBroken}")));
            return walked.TrueForAll(journal => journal.Whole) ? ExitCode.Done : ExitCode.Failure;
        }, ct));
        root.Subcommands.Add(new Command("journal", "The evidence of what was decided and sent") { check });
    }
}
