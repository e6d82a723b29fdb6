using System.CommandLine;
using Relance.Agency;

namespace Relance.Cli;

/// <summary>What became of one of several things that a person decided at once.</summary>
/// <param name="Refused">What was expected instead; null when it is done.</param>
internal sealed record Decided(string Id, string? Refused);

/// <summary>Decides about several things: says what it will do, asks, and lets no bad one stop the others.</summary>
internal static class Deciding
{
    /// <summary>Nobody is asked.</summary>
    public static Option<bool> Yes { get; } = new("--yes") { Description = "Do it without asking" };

    /// <summary>Asks about several unless <c>--yes</c>, does each, and prints what became of it; 2 when one was refused.</summary>
    public static async Task<int> EachAsync(ParseResult parsed, Output output, IReadOnlyList<string> ids, string what, Func<string, Task> act)
    {
        if (ids.Count == 0)
            throw new UsageException("id: expected at least one.");
        if (ids.Count > 1 && !parsed.GetValue(Yes) && !Ask(output, $"{what}: {ids.Count} of them ({string.Join(", ", ids)}). Go on? [y/N] "))
            return ExitCode.Failure;
        var decided = new List<Decided>();
        foreach (var id in ids)
            decided.Add(await OneAsync(id, act));
        output.Table(decided, "", ("Id", d => d.Id), (what, d => d.Refused is null ? "done" : $"refused: {d.Refused}"));
        return decided.Exists(d => d.Refused is not null) ? ExitCode.Usage : ExitCode.Done;
    }

    private static async Task<Decided> OneAsync(string id, Func<string, Task> act)
    {
        try
        {
            await act(id);
            return new(id, null);
        }
        catch (RefusedException refused)
        {
            return new(id, refused.Message);
        }
    }

    /// <summary>Asks a person for a yes.</summary>
    /// <exception cref="UsageException">Nobody is there.</exception>
    internal static bool Ask(Output output, string question)
    {
        if (Console.IsInputRedirected)
            throw new UsageException("--yes: expected, since there is nobody to ask.");
        output.Say(question);
        return Console.ReadLine() is "y" or "Y" or "yes";
    }
}
