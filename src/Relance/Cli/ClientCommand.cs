using System.CommandLine;
using Relance.Agency;
using Relance.Bounces;
using Relance.Domain.Billing;
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
        root.Subcommands.Add(new Command("client", "Clients: their addresses, and what the law sees in them") { ok, Kind(), PersonCommand.Export(), PersonCommand.Erase(), PersonCommand.Readmit() });
    }

    private static Command Kind()
    {
        var id = new Argument<string>("id") { Description = "The client's id, from 'relance contract show --json'" };
        var kind = new Argument<string>("kind") { Description = string.Join(", ", ClientKinds.Codes) };
        var command = new Command("kind", "Say what a client is: it decides which notices protect it") { id, kind };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            await services.GetRequiredService<ClientActions>().SetKindAsync(parsed.GetRequiredValue(id), parsed.GetRequiredValue(kind), Actor.CommandLine, ct);
            output.Write(new { client = parsed.GetRequiredValue(id), kind = parsed.GetRequiredValue(kind) }, console => console.WriteLine("Recorded."));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static async Task<int> LiftAsync(IServiceProvider services, Output output, string client, CancellationToken ct)
    {
        await services.GetRequiredService<AddressState>().LiftAsync(client, Actor.CommandLine, ct);
        output.Write(new { client, ok = true }, console => console.WriteLine("This address is written to again."));
        return ExitCode.Done;
    }
}
