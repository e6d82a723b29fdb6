using System.CommandLine;
using Relance.Operations;
using Relance.Operations.Backup;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance backup FILE</c> and <c>relance backup verify FILE</c>.</summary>
internal static class BackupCommand
{
    private static readonly Argument<FileInfo> s_file = new("file") { Description = "The backup" };

    private static readonly Option<bool> s_plainKeys = new("--plain-keys")
    {
        Description = "Leave the key ring unencrypted: whoever has the file can then use the shops' keys in it",
    };

    /// <summary>Where the passphrase is read from instead of the setting.</summary>
    internal static Option<FileInfo?> PassphraseFile { get; } = new("--passphrase-file") { Description = "File whose first line is the passphrase; else the setting Backup:Passphrase" };

    public static void AddTo(RootCommand root)
    {
        var verify = new Command("verify", "Compare every part of a backup with its hash, and try the passphrase") { s_file, PassphraseFile };
        verify.SetAction((parsed, ct) => Hosted.RunAsync(parsed, (services, output) => VerifyAsync(services, output, parsed, ct), ct));
        var backup = new Command("backup", "Save everything, key ring included, into one file, while the service runs") { s_file, PassphraseFile, s_plainKeys, verify };
        backup.SetAction((parsed, ct) => Hosted.RunAsync(parsed, (services, output) => SaveAsync(services, output, parsed, ct), ct));
        root.Subcommands.Add(backup);
    }

    /// <summary>The passphrase of the file, else of the setting; null when there is neither.</summary>
    /// <exception cref="UsageException">The file is not there.</exception>
    internal static string? Passphrase(ParseResult parsed, RelanceSettings settings)
    {
        if (parsed.GetValue(PassphraseFile) is not { } file)
            return settings.Backup.Passphrase;
        return file.Exists ? File.ReadLines(file.FullName).FirstOrDefault() ?? "" : throw new UsageException($"--passphrase-file: expected a file; {file.FullName} is not there.");
    }

    private static async Task<int> SaveAsync(IServiceProvider services, Output output, ParseResult parsed, CancellationToken ct)
    {
        var cover = (parsed.GetValue(s_plainKeys), Passphrase(parsed, services.GetRequiredService<RelanceSettings>())) switch
        {
            (true, _) => KeyCover.Plain,
            (false, { } passphrase) => KeyCover.With(passphrase),
            _ => throw new UsageException("--passphrase-file: expected one, or the variable Relance__Backup__Passphrase: it encrypts the key ring in the backup. Without it, --plain-keys leaves the shops' keys readable to whoever has the file."),
        };
        var path = parsed.GetRequiredValue(s_file).FullName;
        var manifest = await BackupFile.SaveAsync(services.GetRequiredService<Backups>(), path, cover, Progress(output), ct);
        output.Write(new { file = path, manifest }, console => Print(console, path, manifest, "written and read back"));
        return ExitCode.Done;
    }

    private static async Task<int> VerifyAsync(IServiceProvider services, Output output, ParseResult parsed, CancellationToken ct)
    {
        await using var from = Open(parsed.GetRequiredValue(s_file));
        var manifest = await Backups.VerifyAsync(from, Passphrase(parsed, services.GetRequiredService<RelanceSettings>()), ct);
        output.Write(new { file = from.Name, manifest }, console => Print(console, from.Name, manifest, "whole"));
        return ExitCode.Done;
    }

    /// <summary>Opens a backup.</summary>
    /// <exception cref="UsageException">It is not there.</exception>
    internal static FileStream Open(FileInfo file) => file.Exists ? file.OpenRead() : throw new UsageException($"file: expected a backup; {file.FullName} is not there.");

    /// <summary>One line per table on standard error, and one per 50,000 rows.</summary>
    internal static IProgress<BackupProgress> Progress(Output output) => new Lines(output);

    private static void Print(IAnsiConsole console, string path, BackupManifest manifest, string state) =>
        console.WriteLine(FormattableString.Invariant($"{path} is {state}: {manifest.Rows} rows in {manifest.Tables.Count} tables (schema {manifest.Schema}), {manifest.Keys} keys, {(manifest.KeysEncrypted ? "encrypted" : "NOT encrypted")}."));

    // Progress<T> would report on another thread, after the fact.
    private sealed class Lines(Output output) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value) => output.Say(FormattableString.Invariant($"{value.Table}: {value.Rows} of {value.Total}"));
    }
}
