using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Relance.Cli;

/// <summary>What a command prints: tables for people or, with <c>--json</c>, exactly one document on standard output.</summary>
internal sealed class Output(bool json, TextWriter standard, TextWriter error)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        // French names stay readable; nothing here is put into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether one JSON document is expected.</summary>
    public bool IsJson { get; } = json;

    /// <summary>Prints <paramref name="document"/> with <c>--json</c>, otherwise runs <paramref name="forPeople"/>.</summary>
    public void Write(object document, Action<IAnsiConsole> forPeople)
    {
        if (IsJson)
            Document(document);
        else
            forPeople(ConsoleOf(standard));
    }

    private static IAnsiConsole ConsoleOf(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        // A file or a pipe has no width: lines stay whole.
        if (System.Console.IsOutputRedirected)
            console.Profile.Width = 500;
        return console;
    }

    /// <summary>Prints a JSON document, asked for or not: for commands whose answer scripts need.</summary>
    public void Document(object document) => standard.WriteLine(JsonSerializer.Serialize(document, Options));

    /// <summary>Prints rows, whose cells are taken as text and never as markup.</summary>
    public void Table<T>(IReadOnlyCollection<T> rows, string whenEmpty, params (string Title, Func<T, string?> Cell)[] columns) =>
        Write(rows, console =>
        {
            if (rows.Count == 0)
            {
                console.WriteLine(whenEmpty);
                return;
            }
            var table = new Table().Border(TableBorder.Rounded);
            foreach (var (title, _) in columns)
                table.AddColumn(Markup.Escape(title));
            foreach (var row in rows)
                table.AddRow([.. columns.Select(column => new Text(column.Cell(row) ?? ""))]);
            console.Write(table);
        });

    /// <summary>A remark, a progress line or a fault: always on standard error.</summary>
    public void Say(string line) => error.WriteLine(line);
}
