using System.Collections;
using System.Reflection;

namespace Relance.Api;

/// <summary>Values that the documentation's examples are made of.</summary>
internal static class ApiExample
{
    public const string Id = "0199c0a7d0f27c3e8a4b5d6e7f809112";
    public static readonly DateOnly Day = new(2026, 12, 16);
    public static readonly DateTimeOffset Instant = new(2026, 12, 16, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The example that a type carries, that of a page of it, or null.</summary>
    public static object? Of(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Listing<>))
            return Activator.CreateInstance(type, ListOf(type.GetGenericArguments()[0]), null);
        if (type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)))
            return ListOf(type.GetGenericArguments()[0]);
        return ApiExamples.Of(type) ?? type.GetProperty("Example", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
    }

    private static Array? ListOf(Type type)
    {
        if (Of(type) is not { } item)
            return null;
        var list = Array.CreateInstance(type, 1);
        list.SetValue(item, 0);
        return list;
    }
}
