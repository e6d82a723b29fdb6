using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Relance.Tests.Servers;

/// <summary>maildev: a mail catcher whose parser (mailparser) shares nothing with our writer.</summary>
public sealed class MaildevServer : IDisposable
{
    private readonly OwnedProcess _process;
    private readonly HttpClient _api;

    private MaildevServer(OwnedProcess process, int port, int webPort)
    {
        (_process, Port) = (process, port);
        _api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{webPort}/api/") };
    }

    public int Port { get; }

    public static async Task<MaildevServer> StartAsync()
    {
        var program = Path.Combine(Repository.Root, "tests/node_modules/maildev/dist/bin/maildev.js");
        var (port, webPort, folder) = (OwnedProcess.FreePort(), OwnedProcess.FreePort(), OwnedProcess.NewFolder("maildev"));
        var process = OwnedProcess.Start(
            folder, "TERM", "node", program, "--smtp", $"{port}", "--ip", "127.0.0.1", "--web", $"{webPort}", "--web-ip", "127.0.0.1", "--mail-directory", Path.Combine(folder, "mails"));
        var server = new MaildevServer(process, port, webPort);
        await process.ReadyAsync(server.AnswersAsync);
        return server;
    }

    /// <summary>The mails as maildev's parser understood them.</summary>
    public async Task<IReadOnlyList<JsonNode>> MailsAsync() => [.. (await _api.GetFromJsonAsync<JsonNode>("email"))!.AsArray().Select(mail => mail!)];

    /// <summary>One mail with all it has.</summary>
    public async Task<JsonNode> MailAsync(string id) => (await _api.GetFromJsonAsync<JsonNode>($"email/{id}"))!;

    public Task<byte[]> AttachmentAsync(string id, string fileName) => _api.GetByteArrayAsync(new Uri($"email/{id}/attachment/{Uri.EscapeDataString(fileName)}", UriKind.Relative));

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await _api.GetAsync(new Uri("email", UriKind.Relative))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _api.Dispose();
        _process.Dispose();
    }
}
