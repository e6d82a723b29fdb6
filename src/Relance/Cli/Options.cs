using Relance.Agency;

namespace Relance.Cli;

/// <summary>Names options as people type them.</summary>
internal static class Options
{
    /// <summary>Runs; a refusal names the option.</summary>
    public static async Task<T> NamedAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (RefusedException refused)
        {
            throw new UsageException($"--{refused.Field}: {refused.Expected}.");
        }
    }
}
