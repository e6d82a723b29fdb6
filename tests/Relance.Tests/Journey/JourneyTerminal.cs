using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Relance.Tests.Cli;
using Relance.Tests.Servers;

namespace Relance.Tests.Journey;

/// <summary>A person's terminal on one machine: its folder, its environment, and what the commands answer.</summary>
internal sealed class JourneyTerminal : IDisposable
{
    private readonly RelanceProcess _relance = new() { Limit = TimeSpan.FromMinutes(2) };

    public string Folder => _relance.Folder;

    /// <summary>As the README tells a new user, but for the hours: a test does not wait for the morning.</summary>
    public void Configure(int mailPort)
    {
        var url = $"http://127.0.0.1:{OwnedProcess.FreePort()}";
        foreach (var (name, value) in new[]
        {
            ("DataFolder", Path.Combine(Folder, "data")), ("Urls", url), ("PublicUrl", url), ("Smtp__Host", "127.0.0.1"), ("Smtp__Port", mailPort.ToString(CultureInfo.InvariantCulture)),
            ("Smtp__Security", "none"), ("Smtp__From", "envoi@atelier.example"), ("Products__0__Sku", "MAINT-12"), ("Approvals__0", "maintenance.notice"),
            ("Calendar__Window", "00:00-23:59"), ("Calendar__BusinessDaysOnly", "false"), ("Backup__Passphrase", "une phrase assez longue"),
        })
            _relance.Environment[$"Relance__{name}"] = value;
    }

    public Task<Answer> RunAsync(string? input, params string[] arguments) => _relance.RunAsync(input, arguments);

    /// <summary>What a command answers that did what was asked.</summary>
    public async Task<JsonElement> DoneAsync(params string[] arguments)
    {
        var answer = await _relance.RunAsync("", [.. arguments, "--json"]);
        answer.Code.ShouldBe(0, $"relance {string.Join(' ', arguments)}: {answer.Error}{answer.Output}");
        return JsonDocument.Parse(answer.Output).RootElement;
    }

    /// <summary>Every contract, by its client's name.</summary>
    public async Task<Dictionary<string, (string Id, string Standing, string TermEnd)>> ContractsAsync() => (await DoneAsync("contract", "list")).EnumerateArray().ToDictionary(
        contract => contract.GetProperty("client").GetString()!,
        contract => (contract.GetProperty("id").GetString()!, contract.GetProperty("standing").GetString()!, contract.GetProperty("termEnd").GetString()!), StringComparer.Ordinal);

    /// <summary>Starts the service; disposing ends it as a supervisor would.</summary>
    public OwnedProcess Serve() => OwnedProcess.Start(
        OwnedProcess.NewFolder("journey"), "TERM", ["env", .. _relance.Environment.Select(setting => $"{setting.Key}={setting.Value}"), "dotnet", typeof(Program).Assembly.Location, "serve"]);

    /// <summary>Waits until there is something: the service works at its own pace.</summary>
    public async Task<T> UntilAsync<T>(Func<Task<T?>> look)
        where T : class
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(2); await Task.Delay(1000))
        {
            if (await look() is { } found)
                return found;
        }
        throw new TimeoutException("It did not happen within two minutes.");
    }

    /// <inheritdoc cref="UntilAsync{T}(Func{Task{T}})"/>
    public async Task<JsonElement> UntilAsync(Func<Task<JsonElement?>> look) =>
        (JsonElement)await UntilAsync<object>(async () => await look());

    public void Dispose() => _relance.Dispose();
}
