using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Filters of the order and subscription lists. Parameters that WooCommerce does not know (<c>meta_key</c>) change nothing.</summary>
internal static class Filters
{
    internal static IEnumerable<JsonObject> Common(Query query, IEnumerable<JsonObject> rows, TimeZoneInfo zone)
    {
        var include = query.Ids("include");
        var exclude = query.Ids("exclude");
        var (customer, product, search) = (query.Ids("customer"), query.Ids("product"), query.Get("search"));
        return Dated(query, rows, zone)
            .Where(o => include.Count == 0 || include.Contains(o.Number("id")))
            .Where(o => !exclude.Contains(o.Number("id")))
            .Where(o => customer.Count == 0 || customer.Contains(o.Number("customer_id")))
            .Where(o => product.Count == 0 || o.Rows("line_items").Any(l => product.Contains(l.Number("product_id"))))
            .Where(o => string.IsNullOrEmpty(search) || Found(o, search));
    }

    internal static IReadOnlyList<string> Statuses(Query query, IReadOnlyList<string> allowed)
    {
        var wanted = query.List("status");
        var bad = wanted.ToList().FindIndex(s => !allowed.Contains(s));
        return bad < 0 ? wanted : throw WpError.NotInEnum("status", allowed, $"status[{bad}]");
    }

    // "any" leaves out the trash.
    internal static bool HasStatus(JsonObject row, IReadOnlyList<string> wanted) =>
        wanted.Contains(row.Text("status")) || ((wanted.Count == 0 || wanted.Contains("any")) && row.Text("status") != "trash");

    private static IEnumerable<JsonObject> Dated(Query query, IEnumerable<JsonObject> rows, TimeZoneInfo zone)
    {
        foreach (var (name, field, after) in ((string, string, bool)[])
            [("modified_after", "date_modified_gmt", true), ("modified_before", "date_modified_gmt", false), ("after", "date_created_gmt", true), ("before", "date_created_gmt", false)])
        {
            if (query.Date(name, zone) is { } limit)
            {
                rows = rows.Where(r => after ? r.Instant(field) > limit : r.Instant(field) < limit);
            }
        }

        return rows;
    }

    private static bool Found(JsonObject order, string search)
    {
        var billing = order["billing"] as JsonObject ?? [];
        var texts = billing.Select(f => billing.Text(f.Key)).Append(order.Text("id")).Concat(order.Rows("line_items").Select(l => l.Text("name")));
        return texts.Any(t => t.Contains(search, StringComparison.OrdinalIgnoreCase));
    }
}
