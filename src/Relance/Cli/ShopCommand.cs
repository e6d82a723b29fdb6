using System.CommandLine;
using Relance.Shops;
using Relance.Storage;
using Relance.Sync;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance shop list|check|sync</c>; the others are a file each.</summary>
internal static class ShopCommand
{
    private static readonly Argument<string> s_id = new("id") { Description = "The shop's id, from 'relance shop list'" };

    public static void AddTo(RootCommand root)
    {
        var shop = new Command("shop", "Link shops and look after the links");
        ShopAddCommand.AddTo(shop);
        ShopInviteCommand.AddTo(shop);
        shop.Subcommands.Add(List());
        ShopModeCommand.AddTo(shop, s_id);
        ShopIdentityCommand.AddTo(shop, s_id);
        ShopSpeaksCommand.AddTo(shop, s_id);
        shop.Subcommands.Add(Check());
        shop.Subcommands.Add(Sync());
        root.Subcommands.Add(shop);
    }

    private static Command List()
    {
        var command = new Command("list", "List the linked shops");
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var shops = await services.GetRequiredService<ShopLinker>().ListAsync(ct);
            output.Table([.. shops.Select(ShopView.Of)], "No shop is linked yet: relance shop add --help",
                ("Id", s => s.Id), ("Address", s => s.Url), ("Name", s => s.Name), ("Mode", s => s.Test ? $"{s.Mode} (test)" : s.Mode),
                ("Baseline", s => s.BaselineOn), ("Subscriptions", s => s.HasSubscriptions ? "yes" : "no"), ("Plugin", s => s.Plugin is null ? "no" : s.Plugin.Length > 0 ? s.Plugin : "yes"));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command Sync()
    {
        var command = new Command("sync", "Pull what changed in the shop, now") { s_id };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var id = parsed.GetRequiredValue(s_id);
            var linked = await services.GetRequiredService<Database>().ReadAsync(session => LinkedShop.FindAsync(session, id), ct)
                ?? throw new UsageException($"id: no shop '{id}' is linked.");
            var read = await services.GetRequiredService<ShopPull>().SyncAsync(linked, ct);
            output.Write(new { id, read }, console => console.WriteLine($"Read {read} orders, subscriptions and contracts of {linked.Url}"));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command Check()
    {
        var command = new Command("check", "Ask the shop who it is, and mend its webhooks") { s_id };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var check = await services.GetRequiredService<ShopLinker>().CheckAsync(parsed.GetRequiredValue(s_id), ct);
            var document = new { says = check.Says, siteMatches = check.SiteMatches, clockSkewSeconds = (long)check.ClockSkew.TotalSeconds, webhooksCreated = check.Webhooks.Created, webhooksDeleted = check.Webhooks.Deleted };
            output.Write(document, console => console.WriteLine(check.SiteMatches
                ? $"{check.Says} answers; webhooks made: {check.Webhooks.Created}, removed: {check.Webhooks.Deleted}."
                : $"The site says that its address is {check.Says}: a copy, or it moved. Nothing is written to it."));
            return check.SiteMatches ? ExitCode.Done : ExitCode.Failure;
        }, ct));
        return command;
    }
}

/// <summary>A shop as commands print it: no key, no secret.</summary>
internal sealed record ShopView(string Id, string Url, string Name, string TimeZone, string Currency, string Mode, bool Test, bool HasSubscriptions, string BaselineOn, string? Plugin)
{
    public static ShopView Of(LinkedShop shop) => new(
        shop.Id, shop.Url, shop.Name, shop.Tz, shop.Currency, shop.Mode == "dry" ? "dry-run" : shop.Mode, shop.Test == 1, shop.HasSubscriptions == 1, shop.BaselineOn, shop.PluginVersion);
}
