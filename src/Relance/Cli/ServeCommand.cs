using System.CommandLine;
using Relance.Dashboard;

namespace Relance.Cli;

/// <summary><c>relance serve</c>, also what <c>relance</c> alone does.</summary>
internal static class ServeCommand
{
    public static void AddTo(RootCommand root)
    {
        var command = new Command("serve", "Run the service (default)");
        command.SetAction(ServeAsync);
        root.SetAction(ServeAsync);
        root.Subcommands.Add(command);
    }

    private static async Task<int> ServeAsync(ParseResult parsed, CancellationToken ct)
    {
        await using var app = await Hosted.OpenAsync(parsed, ct, scheduled: true);
        await app.StartAsync(ct);
        // Whoever starts the service is its first user.
        if (await app.Services.GetRequiredService<Accounts>().FirstLinkAsync(ct) is { } link)
            CommonOptions.Output(parsed).Say($"Nobody has an account yet. Open this link to make the first one (works once, until {link.Expires:yyyy-MM-dd HH:mm} UTC):{Environment.NewLine}{link.Url}");
        await app.WaitForShutdownAsync(ct);
        return ExitCode.Done;
    }
}
