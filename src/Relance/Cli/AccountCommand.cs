using System.CommandLine;
using Relance.Dashboard;

namespace Relance.Cli;

/// <summary><c>relance account list|add|reset|remove</c>: who may open the pages.</summary>
internal static class AccountCommand
{
    private static readonly Argument<string> s_email = new("email") { Description = "The account's e-mail address" };

    public static void AddTo(RootCommand root) => root.Subcommands.Add(new Command("account", "Who may open the pages") { List(), Add(), Reset(), Remove() });

    /// <summary>Prints a link that works once.</summary>
    public static void Print(Output output, SetUpLink link, string what) =>
        output.Write(new { url = link.Url, expires = link.Expires }, console => console.Profile.Out.Writer.WriteLine($"{what} (works once, until {link.Expires:yyyy-MM-dd HH:mm} UTC):{Environment.NewLine}{link.Url}"));

    private static Command List()
    {
        var command = new Command("list", "List the accounts");
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            output.Table(await services.GetRequiredService<Accounts>().ListAsync(ct), "There is no account yet: 'relance serve' prints the link that makes the first one.",
                ("E-mail", a => a.Email), ("Name", a => a.Name), ("Password", a => a.Ready ? "set" : "waits for the link to be used"));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command Add()
    {
        var name = new Option<string>("--name") { Description = "The person's name, as the journal tells it", Required = true };
        var command = new Command("add", "Make an account, and print the link that sets its password") { s_email, name };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            Print(output, await services.GetRequiredService<Accounts>().AddAsync(parsed.GetRequiredValue(s_email), parsed.GetRequiredValue(name), ct), "Link that sets the password");
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command Reset()
    {
        var command = new Command("reset", "End an account's sessions and password, and print the link that sets a new one") { s_email };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            Print(output, await services.GetRequiredService<Accounts>().ResetAsync(parsed.GetRequiredValue(s_email), ct), "Link that sets a new password");
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command Remove()
    {
        var command = new Command("remove", "Remove an account and end its sessions") { s_email };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var email = parsed.GetRequiredValue(s_email);
            await services.GetRequiredService<Accounts>().RemoveAsync(email, ct);
            output.Write(new { email, removed = true }, console => console.Profile.Out.Writer.WriteLine($"{email} can no longer sign in."));
            return ExitCode.Done;
        }, ct));
        return command;
    }
}
