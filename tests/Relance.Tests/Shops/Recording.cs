using System.Text.Json;

namespace Relance.Tests.Shops;

/// <summary>One recorded exchange or delivery of a real shop.</summary>
internal sealed record Recording(string Name, JsonElement Root)
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Recordings");

    public static IEnumerable<Recording> All() =>
        Directory.EnumerateFiles(s_folder, "*.json").Order(StringComparer.Ordinal).Select(file => Load(Path.GetFileName(file)));

    public static Recording Load(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(s_folder, name)));
        return new(name, json.RootElement.Clone());
    }

    /// <summary>Deliveries of webhooks that carry a signature.</summary>
    public static IEnumerable<Recording> SignedDeliveries() =>
        All().Where(r => r.Root.TryGetProperty("body_base64", out _) && r.Header("X-WC-Webhook-Signature") is not null);

    public string? RequestLine => Root.TryGetProperty("request", out var request) ? request.GetProperty("line").GetString() : null;

    public int Status => Root.GetProperty("response").GetProperty("status").GetInt32();

    /// <summary>The answer's body: the bytes where they are not plain JSON, else the JSON itself.</summary>
    public byte[] Answer => Root.GetProperty("response") is var response && response.TryGetProperty("body_raw_base64", out var raw)
        ? raw.GetBytesFromBase64()
        : JsonSerializer.SerializeToUtf8Bytes(response.GetProperty("body"));

    public byte[] Delivered => Root.GetProperty("body_base64").GetBytesFromBase64();

    public string? Header(string name) => Root.GetProperty("headers").EnumerateArray()
        .FirstOrDefault(h => string.Equals(h[0].GetString(), name, StringComparison.OrdinalIgnoreCase)) is { ValueKind: JsonValueKind.Array } header ? header[1].GetString() : null;
}
