using System.CommandLine;

namespace Relance.Cli;

/// <summary>Options of every command.</summary>
internal static class CommonOptions
{
    /// <summary>One JSON document on standard output.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print exactly one JSON document", Recursive = true };

    /// <summary>Settings given on the command line.</summary>
    public static Option<string[]> Set { get; } = Setting();

    // ASP.NET Core's test host passes these three to any entry point.
    private static readonly Option<string>[] ForTestHost =
        [.. new[] { "--environment", "--contentRoot", "--applicationName" }.Select(name => new Option<string>(name) { Hidden = true, Recursive = true })];

    public static IEnumerable<Option> All => [Json, Set, .. ForTestHost];

    /// <summary>What the command line says about the host and the settings.</summary>
    public static string[] HostArguments(ParseResult parsed) =>
    [
        .. ForTestHost.Where(option => parsed.GetValue(option) is not null).Select(option => $"{option.Name}={parsed.GetValue(option)}"),
        .. (parsed.GetValue(Set) ?? []).Select(setting => $"--Relance:{setting}"),
    ];

    public static Output Output(ParseResult parsed) => new(parsed.GetValue(Json), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);

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
