using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Relance.Evidence;
using Relance.Evidence.Checking;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance evidence export</c> and <c>relance evidence verify</c>.</summary>
internal static class EvidenceCommand
{
    private static readonly Option<string> s_contract = new("--contract") { Description = "The contract's id, from 'relance contract list'", HelpName = "id", Required = true };
    private static readonly Option<FileInfo> s_out = new("--out") { Description = "The file to write, such as dossier.zip", HelpName = "file", Required = true };
    private static readonly Option<bool> s_force = new("--force") { Description = "Write over a file of that name" };
    private static readonly Option<string> s_locale = new("--locale") { Description = "Language of the pages: fr (default) or en", DefaultValueFactory = _ => "fr" };
    private static readonly Option<bool> s_noPdf = new("--no-pdf") { Description = "Leave out the index as PDF" };
    private static readonly Option<FileInfo?> s_authority = new("--ca") { Description = "Certificates (PEM) of the authority under which time-stamps must be signed", HelpName = "file" };
    private static readonly Argument<FileInfo> s_file = new("file") { Description = "The dossier" };

    public static void AddTo(RootCommand root)
    {
        var export = new Command("export", "Write everything that proves a contract's story into one file") { s_contract, s_out, s_force, s_locale, s_noPdf };
        export.SetAction((parsed, ct) => Hosted.RunAsync(parsed, (services, output) => ExportAsync(services.GetRequiredService<Dossiers>(), output, parsed, ct), ct));
        var verify = new Command("verify", "Check a dossier; needs no database. 0: as exported, 1: not, and what was altered") { s_file, s_authority };
        verify.SetAction((parsed, ct) => VerifyAsync(CommonOptions.Output(parsed), parsed.GetRequiredValue(s_file), parsed.GetValue(s_authority), ct));
        root.Subcommands.Add(new Command("evidence", "What proves a contract's story: export it, and check an export") { export, verify });
    }

    private static async Task<int> ExportAsync(Dossiers dossiers, Output output, ParseResult parsed, CancellationToken ct)
    {
        var path = parsed.GetRequiredValue(s_out).FullName;
        var report = await Options.NamedAsync(() => DossierFile.SaveAsync(
            "out", path, parsed.GetValue(s_force), to => dossiers.WriteAsync(parsed.GetRequiredValue(s_contract), to, parsed.GetRequiredValue(s_locale), !parsed.GetValue(s_noPdf), ct)));
        output.Write(new { file = path, dossier = report }, console =>
        {
            console.WriteLine(FormattableString.Invariant($"{path}: contract {report.Reference}, {report.Mails} mails, {report.Clear} of {report.Entries} journal entries in clear, {report.Stamps} time-stamps."));
            console.WriteLine($"Last hash: {report.Head}");
        });
        foreach (var without in new[] { report.WithoutPdf is null ? null : $"No PDF: {report.WithoutPdf}", report.WithoutStamp is null ? null : $"No time-stamp: {report.WithoutStamp}" }.OfType<string>())
            output.Say(without);
        return ExitCode.Done;
    }

    private static async Task<int> VerifyAsync(Output output, FileInfo file, FileInfo? authority, CancellationToken ct)
    {
        if (!file.Exists)
            throw new UsageException($"file: expected a dossier; {file.FullName} is not there.");
        await using var from = file.OpenRead();
        var verdict = await DossierCheck.VerifyAsync(from, authority is null ? null : Certificates(authority), ct);
        output.Write(new { file = file.FullName, verdict }, console => Print(console, verdict));
        return verdict.Whole ? ExitCode.Done : ExitCode.Failure;
    }

    private static X509Certificate2Collection Certificates(FileInfo file)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(file.FullName);
            return certificates.Count > 0 ? certificates : throw new UsageException($"--ca: expected certificates as PEM; {file.FullName} has none.");
        }
        catch (Exception fault) when (fault is IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw new UsageException($"--ca: expected a file of certificates as PEM; {file.FullName} cannot be read.");
        }
    }

    private static void Print(IAnsiConsole console, DossierVerdict verdict)
    {
        foreach (var finding in verdict.Findings)
            console.WriteLine($"{finding.Kind,-10} {finding.Part}: {finding.Message}");
        console.WriteLine(verdict.Whole
            ? FormattableString.Invariant($"Whole: contract {verdict.Reference}, {verdict.Files} files, {verdict.Entries} journal entries, {verdict.Clear} of them in clear.")
            : "NOT as it was exported.");
        foreach (var stamp in verdict.Stamps)
            console.WriteLine(FormattableString.Invariant($"Time-stamp: entries up to {stamp.Seq} existed at {stamp.At:yyyy-MM-dd HH:mm:ss} UTC, says {stamp.Signer ?? "nobody"}{(stamp.Trusted is null ? " (not checked who that is: --ca)" : "")}"));
        if (verdict.Head is not null)
            console.WriteLine($"Last hash: {verdict.Head}");
    }
}
