using System.Net;
using System.Net.Http.Headers;

namespace Relance.Shops.WooCommerce;

/// <summary>One call: what is asked, without any credential. The path is relative to <c>wp-json/</c>.</summary>
internal sealed record RestCall(HttpMethod Method, string Path)
{
    /// <summary>The query, unescaped.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>The JSON body of a write.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Doing it twice makes a second thing (a note, an order): tried again only when it surely did not happen.</summary>
    public bool Creates { get; init; }

    /// <summary>A GET.</summary>
    public static RestCall Get(string path, params (string Key, string Value)[] query) => new(HttpMethod.Get, path) { Query = Pairs(query) };

    /// <summary>Query pairs, in order.</summary>
    public static KeyValuePair<string, string>[] Pairs(params (string Key, string Value)[] query) =>
        Array.ConvertAll(query, pair => KeyValuePair.Create(pair.Key, pair.Value));

    /// <summary>For messages: method, path and query.</summary>
    public override string ToString() => $"{Method} {Path}{(Query.Count > 0 ? "?" + Join(Query) : "")}";

    /// <summary>An escaped query.</summary>
    public static string Join(IEnumerable<KeyValuePair<string, string>> query) =>
        string.Join('&', query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
}

/// <summary>An answer, read to its end.</summary>
internal sealed record RestAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, byte[] Body)
{
    /// <summary>2xx.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Pages of the list, if the shop says.</summary>
    public int? Pages => Headers.TryGetValues("X-WP-TotalPages", out var values) && int.TryParse(values.First(), System.Globalization.CultureInfo.InvariantCulture, out var pages) ? pages : null;

    /// <summary>How long the shop asks to be left alone.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now) => Headers.RetryAfter is not { } after ? null
        : after.Delta ?? (after.Date - now is { } wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
}
