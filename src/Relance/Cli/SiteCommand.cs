using System.CommandLine;
using Relance.Agency;
using Relance.Plugin;

namespace Relance.Cli;

/// <summary><c>relance site invite</c>: a code that links the site that a contract maintains.</summary>
internal static class SiteCommand
{
    private static readonly Argument<string> s_contract = new("contract") { Description = "The contract's id, from 'relance contract list'" };

    public static void AddTo(RootCommand root)
    {
        var invite = new Command("invite", "Print a code that links the maintained site of a contract: once, within ten minutes") { s_contract };
        invite.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var code = await services.GetRequiredService<LinkCodes>().InviteSiteAsync(parsed.GetRequiredValue(s_contract), Actor.CommandLine, ct);
            ShopInviteCommand.Show(output, code, "Settings > Relance on the maintained site");
            return ExitCode.Done;
        }, ct));
        root.Subcommands.Add(new Command("site", "Sites that contracts maintain") { invite });
    }
}
