using System.Globalization;
using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Contracts of the plugin, where it is switched on: opened and renewed by paid orders, as docs/plugin-protocol.md says.</summary>
internal sealed class ContractBook(ShopCore core)
{
    private static readonly string[] Statuses = ["rev", "standing", "term_no", "term_start", "term_end", "next", "suspended_on", "paused_until", "pause_reason", "renewal_order_id", "latest_order_id", "timeline", "url"];
    private long _last;

    /// <summary>Whether the plugin is active.</summary>
    internal bool On { get; set; }

    internal SortedDictionary<long, JsonObject> All { get; } = [];

    /// <summary>Statuses as stored, by contract.</summary>
    internal Dictionary<long, JsonObject> Stored { get; } = [];

    /// <summary>Clauses by product: <c>months</c>, <c>renewal</c>, <c>notice</c>, <c>plan</c>, <c>suspension</c>.</summary>
    internal Dictionary<long, JsonObject> Plans { get; } = [];

    /// <summary>An order's status changed: a paid one opens or renews; a first one undone cancels.</summary>
    internal void OrderMoved(JsonObject order, string old)
    {
        var status = order.Text("status");
        if (!On)
        {
            return;
        }

        if (status is "refunded" or "cancelled" or "failed")
        {
            foreach (var contract in All.Values.Where(c => c.Number("order_id") == order.Number("id") && c.Number("term_no") == 1 && c.Text("status") == "active"))
            {
                Change(contract, new() { ["status"] = "cancelled", ["ended_at"] = Doc.Format(core.Now) });
            }
        }

        if (!OrderBook.IsPaid(status) || OrderBook.IsPaid(old))
        {
            return;
        }

        if (order.Text("created_via").Split(':') is ["relance", _, var term])
        {
            Renew(order, long.Parse(order.Meta("_relance_contract") ?? "0", CultureInfo.InvariantCulture), int.Parse(term, CultureInfo.InvariantCulture));
            return;
        }

        foreach (var line in order.Rows("line_items").Where(l => Plans.ContainsKey(l.Number("product_id"))).ToList())
        {
            Sold(order, line);
        }
    }

    /// <summary>Changes fields, as an administrator, a client or an order does: announced.</summary>
    internal void Change(JsonObject contract, JsonObject fields)
    {
        foreach (var (name, value) in fields)
        {
            contract[name] = value?.DeepClone();
        }

        Touch(contract);
        core.Emit("relance_contract.updated", contract.Number("id"));
    }

    /// <summary>Stores a status and takes its term over; an older one changes nothing, nor does one that takes back a term paid without its knowing. Announces nothing.</summary>
    internal JsonObject Tell(JsonObject contract, JsonObject status)
    {
        var id = contract.Number("id");
        if (Statuses.FirstOrDefault(name => !status.ContainsKey(name)) is { } missing)
        {
            throw WpError.Missing(missing);
        }

        var unheard = status["latest_order_id"] is not null && status.Number("term_no") < contract.Number("term_no") && status.Number("latest_order_id") != contract.Number("latest_order_id");
        if (!unheard && (!Stored.TryGetValue(id, out var before) || status.Number("rev") >= before.Number("rev")))
        {
            Stored[id] = status.Copy();
            foreach (var name in (string[])["term_no", "term_start", "term_end", "renewal_order_id"])
            {
                contract[name] = status[name]?.DeepClone();
            }

            Touch(contract);
        }

        var shown = contract.Copy();
        shown["relance"] = Stored.GetValueOrDefault(id)?.DeepClone();
        return shown;
    }

    private void Sold(JsonObject order, JsonObject line)
    {
        var (plan, product, paid) = (Plans[line.Number("product_id")], line.Number("product_id"), PaidOn(order));
        var matches = All.Values.Where(c => c.Text("status") == "active" && c.Number("customer_id") == order.Number("customer_id") && c.Number("product_id") == product
            && Date(c.Text("term_end")) is var end && paid >= end.AddDays(-60) && paid <= end.AddDays(30)).ToList();
        if (matches.Count == 1 && line.Number("quantity") == 1)
        {
            Renew(order, matches[0].Number("id"), (int)matches[0].Number("term_no") + 1);
            return;
        }

        for (var piece = 1; matches.Count == 0 && piece <= line.Number("quantity"); piece++)
        {
            Open(order, line, plan, paid, piece);
        }
    }

    private void Open(JsonObject order, JsonObject line, JsonObject plan, DateOnly start, int piece)
    {
        var id = ++_last;
        var doc = new JsonObject
        {
            ["id"] = id,
            ["number"] = string.Create(CultureInfo.InvariantCulture, $"CM-{id}"),
            ["status"] = "active",
            ["customer_id"] = order.Number("customer_id"),
            ["billing"] = order["billing"]?.DeepClone(),
            ["order_id"] = order.Number("id"),
            ["order_item_id"] = line.Number("id"),
            ["sequence"] = piece,
            ["latest_order_id"] = order.Number("id"),
            ["renewal_order_id"] = 0,
            ["product_id"] = line.Number("product_id"),
            ["variation_id"] = line.Number("variation_id"),
            ["sku"] = line.Text("sku"),
            ["plan"] = plan.Text("plan"),
            ["months"] = plan.Number("months"),
            ["renewal"] = plan.Text("renewal"),
            ["notice"] = plan["notice"]?.DeepClone(),
            ["concluded_online"] = order.Text("created_via") is "checkout" or "store-api" ? true : null,
            ["suspension"] = plan.Text("suspension"),
            ["site_url"] = null,
            ["first_start"] = Text(start),
            ["price"] = Doc.Money((line.Amount("total") + line.Amount("total_tax")) / line.Number("quantity")),
            ["currency"] = order.Text("currency"),
            ["declined_at"] = null,
            ["declined_by"] = null,
            ["declined_user"] = null,
            ["declined_reason"] = null,
            ["ended_at"] = null,
        };
        Term(doc, 1);
        doc["date_created_gmt"] = Doc.Format(core.Now);
        Touch(doc);
        All[id] = doc;
        core.Emit("relance_contract.created", id);
    }

    private void Renew(JsonObject order, long id, int term)
    {
        if (!All.TryGetValue(id, out var contract) || contract.Text("status") != "active" || term <= contract.Number("term_no"))
        {
            return;
        }

        Term(contract, term);
        Change(contract, new() { ["latest_order_id"] = order.Number("id"), ["renewal_order_id"] = 0, ["billing"] = order["billing"]?.DeepClone() });
    }

    private static void Term(JsonObject contract, int number)
    {
        var (first, months) = (Date(contract.Text("first_start")), (int)contract.Number("months"));
        contract["term_no"] = number;
        contract["term_start"] = Text(first.AddMonths(months * (number - 1)));
        contract["term_end"] = Text(first.AddMonths(months * number).AddDays(-1));
    }

    private void Touch(JsonObject contract) => contract["date_modified_gmt"] = Doc.Format(core.Now);

    private DateOnly PaidOn(JsonObject order) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(order.Instant("date_paid_gmt") ?? core.Now, core.State.Zone).DateTime);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
