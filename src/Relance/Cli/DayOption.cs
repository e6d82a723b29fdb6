using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Relance.Cli;

/// <summary>Options that name a day.</summary>
internal static class DayOption
{
    /// <summary>A day such as 2026-12-16.</summary>
    public static Option<DateOnly?> Of(string name, string description, bool required = false) =>
        new(name) { Description = description, HelpName = "day", Required = required, CustomParser = Parse };

    private static DateOnly? Parse(ArgumentResult result)
    {
        if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        result.AddError($"{((OptionResult)result.Parent!).Option.Name}: expected a day such as 2026-12-16.");
        return null;
    }
}
