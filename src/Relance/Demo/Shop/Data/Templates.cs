using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Shapes and fixed answers taken from the recordings of a real shop, embedded as JSON.</summary>
internal static class Templates
{
    private static readonly ConcurrentDictionary<string, JsonNode> Cache = new(StringComparer.Ordinal);

    /// <summary>A fresh copy of a template.</summary>
    internal static JsonNode Node(string name) => Cache.GetOrAdd(name, Load).DeepClone();

    /// <summary>A fresh copy of a template that is an object.</summary>
    internal static JsonObject Object(string name) => (JsonObject)Node(name);

    private static JsonNode Load(string name)
    {
        using var stream = typeof(Templates).Assembly.GetManifestResourceStream($"Relance.Demo.Shop.Templates.{name}.json")
            ?? throw new InvalidOperationException($"The fake shop's template '{name}' is not embedded.");
        return JsonNode.Parse(stream)!;
    }
}
