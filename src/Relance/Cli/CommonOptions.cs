using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Relance.Operations;

namespace Relance.Cli;

/// <summary>Options of every command.</summary>
internal static class CommonOptions
{
    private static readonly Option<bool> s_json = new("--json") { Description = "Print exactly one JSON document", Recursive = true };

    private static readonly Option<string[]> s_set = Setting();

    private static readonly Option<DateTimeOffset?> s_clock = new("--clock")
    {
        Description = "Start the business clock at this instant, e.g. 2026-12-01T09:30:00+01:00 (test shops only)",
        HelpName = "instant",
        Recursive = true,
        CustomParser = Instant,
    };

    private static readonly Option<double> s_speed = Speed();

    // ASP.NET Core's test host passes these three to any entry point.
    private static readonly Option<string>[] s_forTestHost =
        [.. new[] { "--environment", "--contentRoot", "--applicationName" }.Select(name => new Option<string>(name) { Hidden = true, Recursive = true })];

    public static IEnumerable<Option> All => [s_json, s_set, s_clock, s_speed, .. s_forTestHost];

    /// <summary>What the command line says about the host and the settings.</summary>
    public static string[] HostArguments(ParseResult parsed) =>
    [
        .. s_forTestHost.Where(option => parsed.GetValue(option) is not null).Select(option => $"{option.Name}={parsed.GetValue(option)}"),
        .. (parsed.GetValue(s_set) ?? []).Select(setting => $"--Relance:{setting}"),
    ];

    /// <summary>The clocks asked for; both real by default.</summary>
    /// <param name="stepped">Whether a speed means a clock that stands between the windows it is set to.</param>
    public static Clocks Clocks(ParseResult parsed, bool stepped = false) => parsed.GetValue(s_clock) is { } start
        ? new Clocks(new MovedClock(start, stepped && SpeedOf(parsed) != 1 ? 0 : SpeedOf(parsed), TimeProvider.System), TimeProvider.System)
        : Operations.Clocks.RealTime;

    /// <summary>Business seconds per second.</summary>
    public static double SpeedOf(ParseResult parsed) => parsed.GetValue(s_speed);

    public static Output Output(ParseResult parsed) => new(parsed.GetValue(s_json), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);

    private static DateTimeOffset? Instant(ArgumentResult result)
    {
        // K also takes a time without an offset, which would be this machine's zone.
        var text = result.Tokens[0].Value;
        var hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10;
        if (hasOffset && DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
            return instant;
        result.AddError("--clock: expected an instant with its offset, such as 2026-12-01T09:30:00+01:00.");
        return null;
    }

    private static Option<double> Speed()
    {
        var option = new Option<double>("--speed") { Description = "Business seconds per second, with --clock", DefaultValueFactory = _ => 1, Recursive = true };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) is not (> 0 and <= 1_000_000))
                result.AddError("--speed: expected a number above 0, at most 1000000.");
            if (!result.Implicit && result.GetResult(s_clock) is null)
                result.AddError("--speed: expected --clock with it.");
        });
        return option;
    }

    private static Option<string[]> Setting()
    {
        var option = new Option<string[]>("--set") { Description = "A setting, e.g. --set Smtp:Host=mail.example", HelpName = "name=value", Recursive = true };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=') < 1))
                result.AddError("--set: expected name=value, such as Smtp:Host=mail.example.");
        });
        return option;
    }
}
