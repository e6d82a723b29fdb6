using System.CommandLine;
using System.Globalization;
using Relance.Agency;
using Relance.Plugin;

namespace Relance.Cli;

/// <summary><c>relance shop invite</c>: a code that links one shop by its plugin.</summary>
internal static class ShopInviteCommand
{
    private static readonly Option<bool> s_private = new("--allow-private-address", "--allow-private") { Description = "The shop is on a private network" };
    private static readonly Option<bool> s_certificate = new("--allow-invalid-certificate") { Description = "Do not check the shop's certificate" };
    private static readonly Option<bool> s_test = new("--test") { Description = "A staging site or a stub: may be live, never becomes a real shop" };

    public static void AddTo(Command shop)
    {
        var command = new Command("invite", "Print a code that links a shop by its plugin: once, within ten minutes") { s_private, s_certificate, s_test };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var leave = new LinkLeave(parsed.GetValue(s_test), parsed.GetValue(s_private), parsed.GetValue(s_certificate));
            Show(output, await services.GetRequiredService<LinkCodes>().InviteShopAsync(leave, Actor.CommandLine, ct), "Settings > Relance in WordPress");
            return ExitCode.Done;
        }, ct));
        shop.Subcommands.Add(command);
    }

    /// <summary>Prints a code, once.</summary>
    internal static void Show(Output output, NewCode code, string where) => output.Write(
        new { code = code.Code, expiresAt = code.ExpiresAt }, console => console.Profile.Out.Writer.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{code.Code}\nType it under {where}, before {code.ExpiresAt.ToLocalTime():HH:mm}. It works once.")));
}
