using System.CommandLine;
using Relance.Agency;
using Relance.Import;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance import</c> and <c>relance export</c>: contracts as CSV.</summary>
internal static class ImportCommand
{
    public static void AddTo(RootCommand root)
    {
        root.Subcommands.Add(Import());
        root.Subcommands.Add(Export());
    }

    private static Command Import()
    {
        var file = new Argument<string>("file") { Description = "The CSV file, or - for standard input (columns: docs/import.md)" };
        var shop = Shop();
        var dryRun = new Option<bool>("--dry-run") { Description = "Write nothing; list every fault by line and column" };
        var strict = new Option<bool>("--strict") { Description = "All or nothing: one fault, and no row is imported" };
        var command = new Command("import", "Import contracts from a CSV file") { file, shop, dryRun, strict };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            await using var csv = Open(parsed.GetRequiredValue(file));
            var report = await services.GetRequiredService<CsvImport>().RunAsync(
                parsed.GetRequiredValue(shop), csv, parsed.GetValue(dryRun), Actor.CommandLine, ct, parsed.GetValue(strict), new Rows(output));
            output.Write(report, console => Print(console, report));
            return report.FaultyRows == 0 ? ExitCode.Done : ExitCode.Failure;
        }, ct));
        return command;
    }

    private static Command Export()
    {
        var shop = Shop();
        var to = new Option<string?>("--out") { Description = "The file to write; standard output without it" };
        var command = new Command("export", "Write a shop's contracts as CSV, as import reads them") { shop, to };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, _) =>
        {
            // Whole or not at all: nobody imports half an export.
            using var csv = new MemoryStream();
            await services.GetRequiredService<CsvExport>().WriteAsync(parsed.GetRequiredValue(shop), csv, ct);
            if (parsed.GetValue(to) is { } path)
                await File.WriteAllBytesAsync(path, csv.ToArray(), ct);
            else
                await parsed.InvocationConfiguration.Output.WriteAsync(System.Text.Encoding.UTF8.GetString(csv.ToArray()).AsMemory(), ct);
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Option<string> Shop() => new("--shop") { Description = "The shop's id, from 'relance shop list'", Required = true };

    private static Stream Open(string file)
    {
        if (file == "-")
            return Console.OpenStandardInput();
        return File.Exists(file) ? File.OpenRead(file) : throw new UsageException($"file: expected a CSV file, '{file}' does not exist.");
    }

    private static void Print(IAnsiConsole console, ImportReport report)
    {
        if (report.Faults.Count > 0)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns("line", "column", "expected", "got");
            foreach (var fault in report.Faults)
                table.AddRow(new Text(fault.Line.ToString(System.Globalization.CultureInfo.InvariantCulture)), new Text(fault.Column), new Text(fault.Expected), new Text(fault.Got ?? ""));
            console.Write(table);
        }

        if (report.IgnoredColumns.Count > 0)
            console.WriteLine($"Columns that mean nothing here: {string.Join(", ", report.IgnoredColumns)}.");
        console.WriteLine($"{report.Rows} rows: {report.Made} made, {report.Changed} changed, {report.Unchanged} unchanged, {report.FromShop} known from the shop, {report.FaultyRows} with faults.");
        if (!report.Written)
            console.WriteLine(report.DryRun ? "Dry run: nothing was written." : "Nothing was written.");
    }

    // On standard error, and only where a file is long enough to wonder about.
    private sealed class Rows(Output output) : IProgress<int>
    {
        private int _told;

        public void Report(int value)
        {
            if (value - _told < 5000)
                return;
            _told = value;
            output.Say($"{value} rows…");
        }
    }
}
