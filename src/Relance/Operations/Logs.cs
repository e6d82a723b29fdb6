using Microsoft.Extensions.Logging.Console;
using Relance.Operations.Observing;

namespace Relance.Operations;

/// <summary>Logging set-up and the messages of this folder.</summary>
internal static partial class Logs
{
    /// <summary>One line per entry, on standard error: standard output belongs to the commands.</summary>
    public static void AddLogLines(this ILoggingBuilder logging, LogSettings settings)
    {
        logging.ClearProviders();
        logging.Services.AddSingleton(settings);
        logging.AddConsole(options =>
        {
            options.FormatterName = LogLines.FormatterName;
            options.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        logging.AddConsoleFormatter<LogLines, ConsoleFormatterOptions>();
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Quartz", LogLevel.Warning);
        // The key ring is protected by the rights of its folder or database; the framework warns at each start.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void SettingsWarning(this ILogger logger, string warning);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database does not answer")]
    public static partial void DatabaseUnavailable(this ILogger logger, Exception fault);
}
