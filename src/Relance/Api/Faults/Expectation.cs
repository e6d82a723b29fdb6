using System.Text.Json;

namespace Relance.Api;

/// <summary>What a value of a type looks like, for people.</summary>
internal static class Expectation
{
    public static string Of(Type type, JsonSerializerOptions options)
    {
        var known = Nullable.GetUnderlyingType(type) ?? type;
        if (known == typeof(DateOnly))
            return "a date such as 2026-12-16";
        if (known == typeof(DateTimeOffset))
            return "an instant such as 2026-12-16T08:00:00Z";
        if (known == typeof(bool))
            return "true or false";
        if (known == typeof(int) || known == typeof(long))
            return "a whole number";
        if (known == typeof(string))
            return "a text";
        return known.IsEnum ? $"one of {string.Join(", ", Names(known, options))}" : "an object as documented";
    }

    private static IEnumerable<string?> Names(Type type, JsonSerializerOptions options) =>
        Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToElement(value, type, options).GetString());
}
