using System.Globalization;
using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Sorting, paging and the <c>Link</c> header of a collection.</summary>
internal static class Listing
{
    private static readonly string[] Orders = ["date", "id", "include", "title", "slug", "modified", "registered_date", "name"];

    /// <summary>One page of rows that already passed their filters.</summary>
    /// <param name="defaults">Parameters WooCommerce adds to the links by itself, e.g. <c>status[0]=any</c>.</param>
    internal static Answer Page(Call call, IEnumerable<JsonObject> rows, Func<JsonObject, JsonObject> show, params string[] defaults)
    {
        var (page, size) = (call.Query.Number("page", 1), call.Query.Number("per_page", 10, 100));
        var all = Sorted(call.Query, rows);
        var shown = all.Skip((page - 1) * size).Take(size).Select(r => (JsonNode?)show(r)).ToArray();
        // Beyond the last page WordPress reports no rows at all (recorded).
        var (total, pages) = shown.Length == 0 ? (0, 0) : (all.Count, (all.Count + size - 1) / size);
        var answer = Answer.Ok(new JsonArray(shown));
        answer.Headers.Add(("X-WP-Total", Text(total)));
        answer.Headers.Add(("X-WP-TotalPages", Text(pages)));
        Links(call, answer, page, pages, shown.Length > 0 ? defaults : [.. defaults.Take(1)]);
        return answer;
    }

    private static List<JsonObject> Sorted(Query query, IEnumerable<JsonObject> rows)
    {
        var (by, direction) = (query.Get("orderby") ?? "date", query.Get("order") ?? "desc");
        if (!Orders.Contains(by))
        {
            throw WpError.NotInEnum("orderby", Orders);
        }

        Func<JsonObject, string> key = by switch
        {
            "modified" => r => r.Text("date_modified_gmt"),
            "id" or "include" => _ => "",
            _ => r => r.Text("date_created_gmt"),
        };
        return direction switch
        {
            "asc" => [.. rows.OrderBy(key).ThenBy(r => r.Number("id"))],
            "desc" => [.. rows.OrderByDescending(key).ThenByDescending(r => r.Number("id"))],
            _ => throw WpError.NotInEnum("order", ["asc", "desc"]),
        };
    }

    private static void Links(Call call, Answer answer, int page, int pages, string[] defaults)
    {
        var links = new List<string>();
        if (page > 1)
        {
            links.Add(Link(call, Math.Min(page - 1, pages), "prev", defaults));
        }

        if (page < pages)
        {
            links.Add(Link(call, page + 1, "next", defaults));
        }

        if (links.Count > 0)
        {
            answer.Headers.Add(("Link", string.Join(", ", links)));
        }
    }

    // Whatever was in the query comes back here, keys included (recorded in 180).
    private static string Link(Call call, int page, string rel, string[] defaults)
    {
        var parts = Arrays(call.Query).Where(p => !p.Name.StartsWith("oauth_", StringComparison.Ordinal))
            .Select(p => $"{Escape(p.Name)}={Escape(p.Name == "page" ? Text(page) : p.Value)}").ToList();
        parts.AddRange(defaults.Where(d => !call.Query.Has(Query.Plain(d))).Select(d => d.Split('=')).Select(d => $"{Escape(d[0])}={d[1]}"));
        if (!call.Query.Has("page"))
        {
            parts.Add("page=" + Text(page));
        }

        return $"<{call.Home}/wp-json/{call.Route}?{string.Join('&', parts)}>; rel=\"{rel}\"";
    }

    // WordPress has parsed lists by then: created_via=a becomes created_via[0]=a.
    private static IEnumerable<(string Name, string Value)> Arrays(Query query)
    {
        string[] lists = ["status", "created_via", "include", "exclude", "parent"];
        return query.Pairs.Select(p => Query.Plain(p.Name)).Distinct(StringComparer.Ordinal).SelectMany(name => lists.Contains(name)
            ? query.List(name).Select((value, i) => ($"{name}[{Text(i)}]", value))
            : query.Pairs.Where(p => Query.Plain(p.Name) == name));
    }

    private static string Escape(string value) => Uri.EscapeDataString(value);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
