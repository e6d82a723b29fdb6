using System.CommandLine;
using Relance.Agency;
using Relance.Bounces;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance client address-ok</c>: an address that was refused is right after all.</summary>
internal static class ClientCommand
{
    public static void AddTo(RootCommand root)
    {
        var client = new Argument<string>("client") { Description = "The client's id, or the address" };
        var ok = new Command("address-ok", "Write to a refused address again") { client };
        ok.SetAction((parsed, ct) => Hosted.RunAsync(parsed, (services, output) => LiftAsync(services, output, parsed.GetRequiredValue(client), ct), ct));
        root.Subcommands.Add(new Command("client", "Clients and their addresses") { ok });
    }

    private static async Task<int> LiftAsync(IServiceProvider services, Output output, string client, CancellationToken ct)
    {
        await services.GetRequiredService<AddressState>().LiftAsync(client, Actor.CommandLine, ct);
        output.Write(new { client, ok = true }, console => console.WriteLine("This address is written to again."));
        return ExitCode.Done;
    }
}
