using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Relance.Operations.Observing;

/// <summary>One line per entry: words for people, or an object for machines. Every value passes through <see cref="Redaction"/>.</summary>
internal sealed class LogLines(LogSettings settings) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name it is registered under.</summary>
    public const string FormatterName = "relance";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.WriteLine(settings.Json ? Object(logEntry, message) : Redaction.Of(Line(logEntry, message)));
    }

    private static string Line<TState>(in LogEntry<TState> entry, string message)
    {
        var now = TimeProvider.System.GetLocalNow().ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
        var fault = entry.Exception is { } exception ? " " + exception : "";
        return $"{now} {LevelOf(entry.LogLevel)}: {entry.Category}[{entry.EventId.Id}] {message}{fault}".ReplaceLineEndings(" ");
    }

    private static string Object<TState>(in LogEntry<TState> entry, string message)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("time", TimeProvider.System.GetUtcNow());
            json.WriteString("level", LevelOf(entry.LogLevel));
            json.WriteString("source", entry.Category);
            json.WriteString("event", entry.EventId.Name ?? entry.EventId.Id.ToString(CultureInfo.InvariantCulture));
            json.WriteString("message", Redaction.Of(message));
            if (entry.Exception is { } exception)
                json.WriteString("exception", Redaction.Of(exception.ToString()));
            foreach (var (name, value) in entry.State as IEnumerable<KeyValuePair<string, object?>> ?? [])
            {
                if (name != "{OriginalFormat}")
                    json.WriteString(name, Redaction.Of(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
