using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relance.Api;

/// <summary>An enumeration as the API writes it: <c>kebab-case</c> names, never numbers.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class WireEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
