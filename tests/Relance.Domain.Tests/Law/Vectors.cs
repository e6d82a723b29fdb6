using System.Text.Json;
using Relance.Domain.Billing;

namespace Relance.Domain.Tests.Law;

/// <summary>The recomputed cases of the law, one theory row each.</summary>
internal static class Vectors
{
    private static readonly JsonElement s_all = Load();

    public static IEnumerable<string> Families => s_all.EnumerateObject().Select(family => family.Name);

    /// <summary>The cases of a family as theory rows: their own JSON, so that a failure prints the case.</summary>
    public static TheoryData<string> Of(string family) => [.. Rows(family)];

    /// <summary>The cases of a family, each as its own JSON.</summary>
    public static IEnumerable<string> Rows(string family) => s_all.GetProperty(family).EnumerateArray().Select(row => row.GetRawText());

    public static JsonElement Parse(string row) => JsonDocument.Parse(row).RootElement;

    public static string? Text(this JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.ToString() : null;

    public static DateOnly? Date(this JsonElement row, string name) => row.Text(name) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd") : null;

    public static decimal Number(this JsonElement row, string name) => decimal.Parse(row.Text(name)!, System.Globalization.CultureInfo.InvariantCulture);

    public static ClientKind Client(this JsonElement row) => row.Text("client") switch
    {
        "consumer" => ClientKind.Consumer,
        "non-professional" => ClientKind.NonProfessional,
        "business" => ClientKind.Business,
        var other => throw new FormatException($"client: {other}"),
    };

    private static JsonElement Load()
    {
        using var stream = typeof(Vectors).Assembly.GetManifestResourceStream("legal-vectors.json")!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
