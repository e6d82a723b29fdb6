using System.Globalization;
using Relance.Tests.Servers;

namespace Relance.Tests.Crashes;

/// <summary><c>relance serve</c> as a process of its own, on its real schedule.</summary>
internal sealed class ServeProcess : IDisposable
{
    private readonly OwnedProcess _process;

    private ServeProcess(OwnedProcess process) => _process = process;

    /// <summary>What it has logged.</summary>
    public string Output => _process.Output;

    /// <summary>Starts it; it is not ready yet when this returns.</summary>
    /// <param name="signal">How it ends: KILL (kill -9) or TERM (an orderly stop).</param>
    public static ServeProcess Start(string signal, DateTimeOffset clock, IEnumerable<string> settings) => new(OwnedProcess.Start(
        OwnedProcess.NewFolder("serve"), signal,
        [
            "dotnet", typeof(Program).Assembly.Location, "serve", "--clock", clock.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            .. settings.SelectMany(setting => new[] { "--set", setting }),
        ]));

    /// <summary>Waits for something that this process brings about.</summary>
    /// <exception cref="TimeoutException">It did not within two minutes; the message has the process's log.</exception>
    public async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMinutes(2))
                throw new TimeoutException($"Waited in vain for: {what}. The service says: {Output}");
            await Task.Delay(5);
        }
    }

    /// <inheritdoc cref="UntilAsync(string, Func{Task{bool}})"/>
    public Task UntilAsync(string what, Func<bool> holds) => UntilAsync(what, () => Task.FromResult(holds()));

    /// <summary>Sends the signal and returns once the process is dead.</summary>
    public void Dispose() => _process.Dispose();
}
