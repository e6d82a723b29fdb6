using System.Text;
using System.Text.Json.Nodes;

namespace Relance.Tests.FakeShops;

/// <summary>One recorded exchange with a real shop: a request with its answer, a webhook delivery, or a table of observations.</summary>
internal sealed record Recording(string Name, JsonObject Data)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Recordings");

    internal bool IsRequest => Data.ContainsKey("request");

    internal bool IsDelivery => Data.ContainsKey("body_base64");

    internal string Number => Name.Split('_')[0];

    internal JsonObject Request => (JsonObject)Data["request"]!;

    internal JsonObject Response => (JsonObject)Data["response"]!;

    internal int Status => Response["status"]!.GetValue<int>();

    internal bool Trimmed => Response["body_trimmed"]!.GetValue<bool>();

    /// <summary>Headers of the answer, or of the delivery.</summary>
    internal IReadOnlyList<(string Name, string Value)> Headers =>
        [.. ((JsonArray)(IsRequest ? Response["headers"]! : Data["headers"]!)).Select(h => (h![0]!.GetValue<string>(), h[1]!.GetValue<string>()))];

    internal string? Header(string name) => Headers.FirstOrDefault(h => h.Name == name).Value;

    internal byte[] DeliveredBody => Convert.FromBase64String(Data["body_base64"]!.GetValue<string>());

    internal static IReadOnlyList<Recording> All() =>
        [.. Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(Read)];

    internal static Recording Named(string start) => All().Single(r => r.Name.StartsWith(start, StringComparison.Ordinal));

    /// <summary>The request as it was sent, for the given address; receivers are replaced by ours.</summary>
    internal HttpRequestMessage ToRequest(Uri shop, string receiver)
    {
        var line = Request["line"]!.GetValue<string>().Split(' ');
        var message = new HttpRequestMessage(new(line[0]), shop.GetLeftPart(UriPartial.Authority) + line[1]);
        // The recorded host is part of the OAuth signatures, which are verified as they are.
        message.Headers.Host = "127.0.0.1:8780";
        foreach (var (name, value) in (JsonObject)Request["headers"]!)
        {
            if (name != "Content-Type")
            {
                _ = message.Headers.TryAddWithoutValidation(name, value!.GetValue<string>());
            }
        }

        if (Request["body"] is { } body)
        {
            var text = body is JsonValue ? body.GetValue<string>() : body.ToJsonString();
            message.Content = new StringContent(text.Replace("http://127.0.0.1:8790", receiver, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        }

        return message;
    }

    private static Recording Read(string path) => new(Path.GetFileNameWithoutExtension(path), (JsonObject)JsonNode.Parse(File.ReadAllText(path))!);
}
