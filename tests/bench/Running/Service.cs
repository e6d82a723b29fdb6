using System.Diagnostics;

namespace Relance.Bench.Running;

/// <summary><c>relance serve</c> as an agency runs it.</summary>
internal static class Service
{
    public static Process Start(string service, IEnumerable<string> settings)
    {
        string[] program = service.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", service] : [service];
        return Process.Start(new ProcessStartInfo(program[0], [.. program[1..], "serve", .. settings.SelectMany(setting => new[] { "--set", setting })])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
    }

    /// <summary>Waits for the first healthy answer.</summary>
    /// <exception cref="InvalidOperationException">The service ended instead.</exception>
    public static async Task HealthyAsync(Process serve, int port)
    {
        // Nobody reads them otherwise, and a full pipe would stop the service.
        var error = serve.StandardError.ReadToEndAsync();
        _ = serve.StandardOutput.ReadToEndAsync();
        using var http = new HttpClient();
        while (!await IsHealthyAsync(http, port))
        {
            if (serve.HasExited)
                throw new InvalidOperationException($"relance serve ended with {serve.ExitCode}: {await error}");
            await Task.Delay(5);
        }
    }

    /// <summary>Asks it to end, by its own id, and waits.</summary>
    public static async Task StopAsync(Process serve)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{serve.Id}"]);
        await kill.WaitForExitAsync();
        await serve.WaitForExitAsync();
    }

    private static async Task<bool> IsHealthyAsync(HttpClient http, int port)
    {
        try
        {
            return (await http.GetAsync($"http://127.0.0.1:{port}/health/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
