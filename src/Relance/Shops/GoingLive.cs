using System.Text.Json;
using Relance.Agency;
using Relance.Journal;
using Relance.Operations;
using Relance.Reminders;
using Relance.Storage;

namespace Relance.Shops;

/// <summary>Sets a shop live: checks it, lists what its clients will get, and takes the agency's word for that list and no other.</summary>
public sealed class GoingLive(Database database, RelanceSettings settings, Clocks clocks, GoingLiveChecks checks, Foresight foresight)
{
    /// <summary>Days that are listed before a shop goes live.</summary>
    public const int Days = 30;

    /// <summary>What blocks, what to know, and the next thirty days message by message. Asks the shop, the mail server and DNS; mends webhooks.</summary>
    /// <param name="allowSuspension">Whether the suspension and what follows it would leave without approval.</param>
    /// <exception cref="RefusedException">No such shop, or it is live already.</exception>
    public async Task<GoingLiveReport> CheckAsync(string shopId, CancellationToken ct, bool allowSuspension = false)
    {
        await database.ReadAsync(session => FindAsync(session, shopId), ct);
        var findings = await checks.ExamineAsync(shopId, ct);
        return await database.ReadAsync(session => ReportAsync(session, shopId, allowSuspension, findings), ct);
    }

    /// <summary>Goes live with the list of this fingerprint.</summary>
    /// <exception cref="RefusedException">No such shop; or (conflict) something blocks, or the list is another one by now: nothing was changed.</exception>
    public async Task<LinkedShop> ConfirmAsync(string shopId, string fingerprint, Actor actor, CancellationToken ct, bool allowSuspension = false)
    {
        await database.ReadAsync(session => FindAsync(session, shopId), ct);
        var findings = await checks.ExamineAsync(shopId, ct);
        return await database.WriteAsync(async session =>
        {
            var report = await ReportAsync(session, shopId, allowSuspension, findings);
            if (report.Problems is [var first, ..])
                throw RefusedException.Conflict("shop", $"something blocks first: {first.Message} To mend it: {first.Mend}");
            if (!string.Equals(report.Fingerprint, fingerprint, StringComparison.Ordinal))
                throw RefusedException.Conflict("fingerprint", $"the list is another one by now ({report.Fingerprint}): read it again, and confirm that one");
            return await GoAsync(session, report, actor);
        }, ct);
    }

    private async Task<GoingLiveReport> ReportAsync(Session session, string shopId, bool allowSuspension, IReadOnlyList<Finding> findings)
    {
        var shop = await FindAsync(session, shopId);
        var live = shop with { Mode = "live", BaselineOn = shop.LocalDate(clocks.Now).Text(), AllowSuspension = allowSuspension ? 1 : 0 };
        var next = await foresight.RunAsync(session, Days, shopId, null, linked => linked.Id == shopId ? live : linked);
        List<Finding> all = [.. findings, .. Lists(next)];
        return new GoingLiveReport(
            shop.Id, shop.Name, shop.Url, Values.Date(live.BaselineOn), allowSuspension, all.FindAll(f => f.Level == FindingLevel.Fault), all.FindAll(f => f.Level == FindingLevel.Warning),
            next, GoingLiveReport.FingerprintOf(shopId, Values.Date(live.BaselineOn), next));
    }

    // What the list itself says.
    private IEnumerable<Finding> Lists(ForesightReport next)
    {
        if (next.Totals.Contracts == 0)
            yield return Finding.Warning("contracts", "No contract of this shop has an open term: nothing will go out.", "relance shop sync, the product rules (Relance:Products) or an import bring contracts.");
        foreach (var (on, message) in next.Messages.Where(m => m.Message.Fault is not null))
            yield return Finding.Fault($"message of {on.Text()} to {message.Client}", $"It cannot be written: {message.Fault}", "Correct the contract; nothing goes live with a message that cannot be written.");
        if (next.Totals.MessagesOnBusiestDay >= settings.DailyCeiling)
            yield return Finding.Warning("ceiling", $"On {next.Totals.BusiestDay!.Value.Text()} the ceiling of {settings.DailyCeiling} messages a day is reached: the rest goes on the next days.", "Relance:DailyCeiling, if that is too few.");
    }

    private async Task<LinkedShop> GoAsync(Session session, GoingLiveReport report, Actor actor)
    {
        var shop = await FindAsync(session, report.ShopId);
        var list = JsonSerializer.SerializeToUtf8Bytes(report, ShopSender.Json);
        var hash = Values.Hash(list);
        await session.ExecuteAsync("INSERT INTO content (hash, bytes) VALUES (@hash, @list) ON CONFLICT (hash) DO NOTHING", new { hash, list });
        await LinkStore.SetModeAsync(session, shop, "live", report.Baseline, clocks.Now, actor);
        await session.ExecuteAsync("UPDATE shop SET allow_suspension = @allow WHERE id = @Id", new { shop.Id, allow = report.AllowSuspension ? 1L : 0L });
        await JournalWriter.AppendAsync(session, shop.Id, clocks.Now, "went-live", shop.Id, JournalEntry.Of(
            ("by", actor.ToString()), ("fingerprint", report.Fingerprint), ("messages", report.Next.Totals.Messages), ("clients", report.Next.Totals.Clients),
            ("from", report.Next.From.Text()), ("to", report.Next.To.Text()), ("suspension", report.AllowSuspension ? "automatic" : "approval"),
            ("warnings", report.Warnings.Count)), hash);
        return (await LinkedShop.FindAsync(session, shop.Id))!;
    }

    private static async Task<LinkedShop> FindAsync(Session session, string shopId)
    {
        var shop = await LinkedShop.FindAsync(session, shopId) ?? throw RefusedException.NotFound("shop", shopId);
        return shop.Mode != "live" ? shop : throw RefusedException.Conflict("shop", $"{shop.Url} is live already");
    }
}
