using Relance.Tests.Servers;

namespace Relance.Tests.Cli;

public sealed class The_command_line : IDisposable
{
    private readonly RelanceProcess _relance = new();

    [Theory]
    [InlineData("remind")]
    [InlineData("serve", "--colour")]
    [InlineData("--set", "Smtp")]
    public async Task A_wrong_command_ends_with_2_and_a_message_on_standard_error(params string[] arguments)
    {
        var answer = await _relance.RunAsync(null, arguments);
        answer.Code.ShouldBe(2);
        answer.Output.ShouldBeEmpty();
        answer.Error.ShouldContain("relance --help");
    }

    [Fact]
    public async Task A_wrong_setting_ends_with_2_and_names_each_one()
    {
        _relance.Environment["Relance__Smtp__Port"] = "smtp";
        var answer = await _relance.RunAsync(null, "serve", "--set", "Sender:Siren=1");
        answer.Code.ShouldBe(2);
        answer.Error.ShouldContain("Relance:Smtp:Port: expected a whole number");
        answer.Error.ShouldContain("Relance:Sender:Siren: expected nine digits");
        answer.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Serve_answers_health_and_stops_when_told()
    {
        var url = $"http://127.0.0.1:{OwnedProcess.FreePort()}";
        using var process = _relance.Start("serve", "--set", $"Urls={url}");
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        (await LiveAsync(http)).ShouldBe("live");
        using var stop = System.Diagnostics.Process.Start("sh", ["-c", $"kill -TERM {process.Id}"]);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        (await process.StandardOutput.ReadToEndAsync()).ShouldBeEmpty();
    }

    private static async Task<string> LiveAsync(HttpClient http)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await http.GetStringAsync(new Uri("/health/live", UriKind.Relative));
            }
            catch (HttpRequestException) when (attempt < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    public void Dispose() => _relance.Dispose();
}
