using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relance.Tests.FakeShops;

/// <summary>Differences between the shape of a recorded JSON document and of ours: names, their order, types, by recursion.</summary>
internal static class ShapeDiff
{
    /// <summary>Each difference as a path and what was found.</summary>
    /// <param name="part">The recording was cut: ours may hold more, in any order.</param>
    internal static IEnumerable<string> Of(JsonNode? recorded, JsonNode? ours, string path, bool part) => (recorded, ours) switch
    {
        (JsonObject a, JsonObject b) => Objects(a, b, path, part),
        // The recorder cut whole rows down to their id.
        (JsonValue, JsonObject) when part => [],
        (JsonArray a, JsonArray b) => Arrays(a, b, path, part),
        _ => Kind(recorded) == Kind(ours) ? [] : [$"{path}: recorded {Kind(recorded)}, ours {Kind(ours)}"],
    };

    private static IEnumerable<string> Objects(JsonObject a, JsonObject b, string path, bool part)
    {
        string[] names = [.. a.Select(f => f.Key)], mine = [.. b.Select(f => f.Key)];
        var missing = names.Except(mine, StringComparer.Ordinal).Select(n => $"{path}.{n}: missing");
        var added = part ? [] : mine.Except(names, StringComparer.Ordinal).Select(n => $"{path}.{n}: not in the recording");
        var moved = part || names.SequenceEqual(mine) || !names.Order(StringComparer.Ordinal).SequenceEqual(mine.Order(StringComparer.Ordinal)) ? [] : (IEnumerable<string>)[$"{path}: other order of names"];
        // The value of a metadata row is whatever was written there.
        var free = names.Contains("key") && names.Contains("value");
        var inner = names.Intersect(mine, StringComparer.Ordinal).Where(n => !(free && n == "value")).SelectMany(n => Of(a[n], b[n], $"{path}.{n}", part));
        return [.. missing, .. added, .. moved, .. inner];
    }

    private static IEnumerable<string> Arrays(JsonArray a, JsonArray b, string path, bool part)
    {
        if (a.Count == 0 || b.Count == 0)
        {
            // Which metadata there is depends on plugins and checkout; all else must be empty together.
            return a.Count == b.Count || path.EndsWith("meta_data", StringComparison.Ordinal) ? [] : [$"{path}: recorded {a.Count} rows, ours {b.Count}"];
        }

        // Rows differ among themselves (a guest has no customer link): each of ours must look like one of theirs.
        return b.SelectMany(row => a.Select(r => Of(r, row, path + "[]", part).ToList()).MinBy(d => d.Count)!).Distinct(StringComparer.Ordinal);
    }

    private static string Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.True or JsonValueKind.False => "bool",
        var kind => kind.ToString()!,
    };
}
