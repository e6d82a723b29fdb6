using System.Diagnostics;
using System.Text.Json;

namespace Relance.Bench.Running;

/// <summary>This program once more, for one measurement; its last line on standard output is its result.</summary>
internal static class Child
{
    public static async Task<T> RunAsync<T>(params string[] args)
    {
        var line = (await RunAsync("dotnet", [typeof(Race).Assembly.Location, "child", .. args])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Last(l => l.StartsWith('{'));
        return JsonSerializer.Deserialize<T>(line)!;
    }

    /// <summary>Runs a program to its end; what it wrote.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> args, string? folder = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder ?? "" })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}{await error}");
    }

    public static void Answer<T>(T result) => Console.WriteLine(JsonSerializer.Serialize(result));
}
