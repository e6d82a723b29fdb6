using System.CommandLine;
using Relance.Agency;
using Relance.Evidence;
using Relance.Privacy;
using Relance.Storage;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance client export|erase|readmit</c>: what a person may ask for (GDPR).</summary>
internal static class PersonCommand
{
    private static readonly Option<string> s_client = new("--client") { Description = "The client's id, or the address: everybody behind one address is one person", HelpName = "id", Required = true };
    private static readonly Option<FileInfo> s_out = new("--out") { Description = "The file to write: .zip with the mails beside, or .json", HelpName = "file", Required = true };
    private static readonly Option<bool> s_force = new("--force") { Description = "Write over a file of that name" };
    private static readonly Option<string> s_reason = new("--reason") { Description = "Why, without naming the person", Required = true };
    private static readonly Option<bool> s_dryRun = new("--dry-run") { Description = "Only say what would be erased" };
    private static readonly Option<string?> s_email = new("--email") { Description = "The address, where it was erased: it is known only as a hash" };

    public static Command Export()
    {
        var command = new Command("export", "Everything that is held about a person, readable") { s_client, s_out, s_force };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var (export, path, who) = (services.GetRequiredService<PersonExport>(), parsed.GetRequiredValue(s_out).FullName, parsed.GetRequiredValue(s_client));
            var files = await Options.NamedAsync(() => Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".zip" => DossierFile.SaveAsync("out", path, parsed.GetValue(s_force), to => export.WriteZipAsync(who, to, ct)),
                ".json" => DossierFile.SaveAsync("out", path, parsed.GetValue(s_force), to => export.WriteJsonAsync(who, to, ct)),
                _ => throw new UsageException("--out: expected a name that ends with .zip or .json."),
            });
            output.Write(new { file = path, files }, console => console.WriteLine(FormattableString.Invariant($"{path}: everything, with {files} mails and notes.")));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    public static Command Erase()
    {
        var command = new Command("erase", "Forget a person, but for what must be provable until claims are time-barred") { s_client, s_reason, s_dryRun, Deciding.Yes };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var (erasure, who) = (services.GetRequiredService<Erasure>(), parsed.GetRequiredValue(s_client));
            return await Options.NamedAsync(async () =>
            {
                var seen = await erasure.PreviewAsync(who, ct);
                if (parsed.GetValue(s_dryRun))
                    return Printed(output, seen);
                if (!parsed.GetValue(Deciding.Yes) && !Asked(output, seen))
                    return ExitCode.Failure;
                return Printed(output, await erasure.EraseAsync(who, parsed.GetRequiredValue(s_reason), Actor.CommandLine, ct));
            });
        }, ct));
        return command;
    }

    public static Command Readmit()
    {
        var command = new Command("readmit", "Somebody who was erased is a client again") { s_client, s_email, s_reason };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, (services, output) => Options.NamedAsync(async () =>
        {
            var client = parsed.GetRequiredValue(s_client);
            await services.GetRequiredService<Erasure>().ReadmitAsync(client, parsed.GetValue(s_email), parsed.GetRequiredValue(s_reason), Actor.CommandLine, ct);
            output.Write(new { client, readmitted = true }, console => console.WriteLine("The shop's next order, or the next import, describes this client anew."));
            return ExitCode.Done;
        }), ct));
        return command;
    }

    private static bool Asked(Output output, ErasureReport seen)
    {
        foreach (var line in Lines(seen))
            output.Say(line);
        return Deciding.Ask(output, "This cannot be undone. Go on? [y/N] ");
    }

    private static int Printed(Output output, ErasureReport report)
    {
        output.Write(report, console =>
        {
            foreach (var line in Lines(report))
                console.WriteLine(line);
        });
        return ExitCode.Done;
    }

    private static IEnumerable<string> Lines(ErasureReport report)
    {
        var (will, are) = report.Done ? ("", "were") : ("will be ", "would be");
        foreach (var client in report.Clients)
            yield return $"{client.Name} <{client.Email}>, client {client.Id} of {client.Shop}: name, address and notes {will}erased";
        foreach (var contract in report.Contracts)
            yield return contract.KeepUntil is { } until
                ? $"{contract.Reference}: mails and answers kept as evidence until {until.Text()} ({string.Join(", ", contract.Articles)}), then erased"
                : $"{contract.Reference}: mails and answers {will}erased";
        yield return FormattableString.Invariant($"{report.Files} mails and notes {are} erased now, {report.KeptFiles} kept, {report.Withdrawn} unsent messages withdrawn.");
    }
}
