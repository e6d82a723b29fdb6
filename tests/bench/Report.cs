using System.Globalization;
using System.Text;
using System.Text.Json;
using Relance.Bench.Running;
using Relance.Tests.Servers;

namespace Relance.Bench;

/// <summary>One measured thing.</summary>
/// <param name="Race">reminders, webhooks, plan or start.</param>
/// <param name="What">Who did what.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Ratio">The figure over its peer's of the same run; null where it is the peer, or has none.</param>
/// <param name="Details">Phases, memory, latencies.</param>
internal sealed record Measured(string Race, string What, double Value, string Unit, double? Ratio = null, string Details = "");

/// <summary>Prints each figure as it comes, and writes all of them as JSON and Markdown.</summary>
internal sealed class Report(RaceOptions options)
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };
    private readonly List<Measured> _rows = [];
    private readonly Machine _machine = Machine.Read();

    public void Add(Measured row)
    {
        _rows.Add(row);
        Console.WriteLine($"{row.Race,-10} {row.What,-46} {Text(row.Value),12} {row.Unit,-12} {Ratio(row),6}  {row.Details}  [load {Machine.Load()}]");
    }

    public async Task WriteAsync()
    {
        var folder = options.Out.Length > 0 ? options.Out : Path.Combine(Repository.Root, "tests", "bench", "results");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "race.json"), JsonSerializer.Serialize(new { machine = _machine, loadAtEnd = Machine.Load(), rows = _rows }, s_json));
        await File.WriteAllTextAsync(Path.Combine(folder, "race.md"), Markdown());
        Console.WriteLine($"Written: {Path.Combine(folder, "race.json")}, race.md");
    }

    private string Markdown()
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{_machine}; load at the end {Machine.Load()}.").AppendLine()
            .AppendLine("| race | what | figure | unit | ratio | details |").AppendLine("|---|---|---:|---|---:|---|");
        foreach (var row in _rows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Race} | {row.What} | {Text(row.Value)} | {row.Unit} | {Ratio(row)} | {row.Details} |");
        return text.ToString();
    }

    private static string Ratio(Measured row) => row.Ratio?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    private static string Text(double value) => value.ToString(value < 100 ? "0.00" : "#,0", CultureInfo.InvariantCulture);
}
