using System.CommandLine;

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
        await app.WaitForShutdownAsync(ct);
        return ExitCode.Done;
    }
}
