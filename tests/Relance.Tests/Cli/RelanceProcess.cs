using System.Diagnostics;

namespace Relance.Tests.Cli;

/// <summary>The built <c>relance</c> as a process of its own, in an empty folder.</summary>
internal sealed class RelanceProcess : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("relance-cli-").FullName;

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The folder it runs in, with its <c>data</c>.</summary>
    public string Folder => _folder;

    /// <summary>How long a command may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command to its end; fails after <see cref="Limit"/>.</summary>
    public async Task<Answer> RunAsync(string? input, params string[] arguments)
    {
        using var process = Start(arguments);
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill();
            throw new TimeoutException($"relance {string.Join(' ', arguments)} did not end.", late);
        }
        return new Answer(process.ExitCode, await output, await error);
    }

    /// <summary>Starts a command and leaves it running; the caller ends it.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>What a command answered.</summary>
internal sealed record Answer(int Code, string Output, string Error);
