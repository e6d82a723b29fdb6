using System.Text.Json;
using Relance.Cli;
using Relance.Tests.Cli;

namespace Relance.Tests.Legal;

/// <summary>The command line of <c>Program</c>, run in this process, in a data folder of its own.</summary>
internal sealed class LawLine : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("relance-law-").FullName;

    /// <summary>Where a table of rates may lie.</summary>
    public string Folder => _folder;

    public async Task<Answer> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["law", .. arguments, "--set", $"DataFolder={_folder}"], output, error);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>The one document that is printed.</summary>
    public async Task<(int Code, JsonElement Json)> JsonAsync(params string[] arguments)
    {
        var answer = await RunAsync([.. arguments, "--json"]);
        answer.Output.ShouldNotBeEmpty(answer.Error);
        return (answer.Code, JsonDocument.Parse(answer.Output).RootElement);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
