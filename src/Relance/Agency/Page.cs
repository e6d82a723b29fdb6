using System.Text;

namespace Relance.Agency;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in the list's order.</param>
/// <param name="Next">What to give as <c>After</c> for the next page: opaque, and null at the end. New items never shift a page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Keyset paging: a cursor holds the sort key of the last item, never an offset.</summary>
internal static class Paging
{
    public const int MaxLimit = 500;

    /// <summary>Rows to ask for: one more than the page, to know whether another follows.</summary>
    public static long Rows(int limit) => Checked(limit) + 1;

    public static Page<T> Of<T>(IReadOnlyList<T> rows, int limit, Func<T, string> key) => rows.Count <= limit
        ? new Page<T>(rows, null)
        : new Page<T>([.. rows.Take(limit)], Convert.ToBase64String(Encoding.UTF8.GetBytes(key(rows[limit - 1]))));

    /// <summary>The key after which the page starts; empty on the first one.</summary>
    public static string Key(string? after)
    {
        if (string.IsNullOrEmpty(after))
            return "";
        var bytes = new byte[after.Length];
        return Convert.TryFromBase64String(after, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw RefusedException.Invalid("after", "the 'next' of the page before");
    }

    private static int Checked(int limit) => limit is >= 1 and <= MaxLimit
        ? limit
        : throw RefusedException.Invalid("limit", $"a number from 1 to {MaxLimit}");
}
