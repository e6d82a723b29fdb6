using System.CommandLine;
using Relance.Agency;
using Relance.Operations;
using Relance.Operations.Backup;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance restore FILE</c> and, once the original is known to be stopped, <c>relance restore confirm</c>.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<FileInfo> s_file = new("file") { Description = "The backup" };
    private static readonly Option<string?> s_shop = new("--shop") { Description = "Only this shop, by its id" };

    private static readonly Option<bool> s_nothingSentSince = new("--nothing-sent-since")
    {
        Description = "The original was stopped before the backup was made: go on exactly where it stood",
    };

    public static void AddTo(RootCommand root)
    {
        var confirm = new Command("confirm", "Say that the original is stopped: restored shops work again") { s_shop, s_nothingSentSince };
        confirm.SetAction((parsed, ct) => Hosted.RunAsync(parsed, (services, output) => ConfirmAsync(services, output, parsed, ct), ct));
        var restore = new Command("restore", "Restore a backup, all or nothing, into an instance without a shop") { s_file, BackupCommand.PassphraseFile, confirm };
        restore.SetAction((parsed, ct) => Hosted.RunAsync(parsed, (services, output) => RestoreAsync(services, output, parsed, ct), ct));
        root.Subcommands.Add(restore);
    }

    private static async Task<int> RestoreAsync(IServiceProvider services, Output output, ParseResult parsed, CancellationToken ct)
    {
        await using var from = BackupCommand.Open(parsed.GetRequiredValue(s_file));
        var passphrase = BackupCommand.Passphrase(parsed, services.GetRequiredService<RelanceSettings>());
        var report = await services.GetRequiredService<Backups>().RestoreAsync(from, passphrase, BackupCommand.Progress(output), ct);
        output.Write(report, console =>
        {
            console.WriteLine(FormattableString.Invariant($"Restored {report.Manifest.Rows} rows and {report.Manifest.Keys} keys; {report.Shops.Count} shops."));
            foreach (var shop in report.BrokenChains)
                console.WriteLine($"The journal of {shop} was broken before the backup was made: it is kept as it was.");
            console.WriteLine("Nothing is sent yet: stop the original for good, then say 'relance restore confirm'.");
        });
        return ExitCode.Done;
    }

    private static async Task<int> ConfirmAsync(IServiceProvider services, Output output, ParseResult parsed, CancellationToken ct)
    {
        var nothing = parsed.GetValue(s_nothingSentSince);
        var shops = await services.GetRequiredService<RestoredShops>().ConfirmAsync(parsed.GetValue(s_shop), nothing, Actor.CommandLine, ct);
        output.Write(shops.Select(ShopView.Of), console =>
        {
            foreach (var shop in shops)
                console.WriteLine(nothing ? $"{shop.Url} goes on where it stood." : $"{shop.Url} works again; what may have left already is skipped, reminders start anew tomorrow.");
        });
        return ExitCode.Done;
    }
}
