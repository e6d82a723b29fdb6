using System.Globalization;
using System.Text.Json;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using static Relance.Tests.Shops.ScriptedShop;

namespace Relance.Tests.Shops;

/// <summary>Reading lists while the shop goes on changing, and the shop's odd corners.</summary>
public sealed class ShopReading : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 21, 21, 0, 0, TimeSpan.Zero);
    private static readonly string s_order = System.Text.Encoding.UTF8.GetString(Recording.Load("111_get_order.json").Answer);
    private readonly ShopFactory _factory = new();

    [Fact]
    public async Task Instants_are_sent_as_naive_UTC_and_the_trash_is_asked_for_apart()
    {
        await using var shop = new ScriptedShop((_, _) => Json("[]"));
        (await Shop(shop).OrdersModifiedAfterAsync(s_start.ToOffset(TimeSpan.FromHours(2)), default).ToListAsync()).ShouldBeEmpty();
        shop.Requests.ShouldAllBe(heard => heard.Target.Contains("modified_after=2026-11-21T21%3A00%3A00&dates_are_gmt=true&orderby=modified&order=asc&"));
        shop.Requests.Select(heard => heard.Target.Contains("status=trash")).ShouldBe([true, false], ignoreOrder: true);
    }

    [Fact]
    public async Task Orders_that_change_while_they_are_read_push_no_other_across_a_page_border()
    {
        var table = new Table(250);
        await using var shop = new ScriptedShop((heard, _) => table.Answer(heard, afterwards: table.Touch));
        var seen = await Shop(shop).OrdersModifiedAfterAsync(s_start, default).ToListAsync();
        table.Pages.ShouldBeGreaterThan(2);
        seen.Select(order => order.Id).Distinct().Count().ShouldBe(250);
        seen.Select(order => order.ModifiedAt).ShouldBeInOrder();
        foreach (var (id, modified) in table.Rows)
            seen.ShouldContain(order => order.Id == id && order.ModifiedAt == modified);
    }

    [Fact]
    public async Task More_orders_in_one_second_than_fit_a_page_are_all_read_once()
    {
        var table = new Table(350, perSecond: 320);
        await using var shop = new ScriptedShop((heard, _) => table.Answer(heard));
        var seen = await Shop(shop).OrdersModifiedAfterAsync(s_start, default).ToListAsync();
        seen.Select(order => order.Id).Order().ShouldBe(Enumerable.Range(1, 350).Select(i => (long)i));
    }

    [Fact]
    public async Task A_trashed_order_comes_in_its_place_by_instant()
    {
        await using var shop = new ScriptedShop((heard, _) => Json(heard.Target.Contains("status=trash")
            ? $"[{Row(2, s_start.AddSeconds(2), "trash")}]" : $"[{Row(1, s_start.AddSeconds(1))},{Row(3, s_start.AddSeconds(3))}]"));
        var seen = await Shop(shop).OrdersModifiedAfterAsync(s_start, default).ToListAsync();
        seen.Select(order => (order.Id, order.Status)).ShouldBe([(1, "pending"), (2, "trash"), (3, "pending")]);
    }

    [Fact]
    public async Task A_shop_without_Subscriptions_has_none()
    {
        await using var shop = new ScriptedShop((_, _) => Error(404, "rest_no_route"));
        (await Shop(shop).SubscriptionsModifiedAfterAsync(s_start, default).ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_subscription_asked_for_by_id_is_not_called_gone_because_the_extension_is()
    {
        await using var shop = new ScriptedShop((_, _) => Error(404, "rest_no_route"));
        (await Should.ThrowAsync<ShopException>(() => Shop(shop).SubscriptionsAsync([37], default))).Fault.ShouldBe(ShopFault.Unreachable);
    }

    [Fact]
    public async Task Orders_are_asked_for_a_hundred_at_a_time_and_only_those_come_back()
    {
        await using var shop = new ScriptedShop((heard, _) => Json($"[{string.Join(',', Query(heard)["include"].Split(',').Append("9999").Select(id => Row(long.Parse(id), s_start)))}]"));
        var ids = Enumerable.Range(1, 230).Select(i => (long)i).ToList();
        (await Shop(shop).OrdersAsync(ids, default)).Select(order => order.Id).ShouldBe(ids);
        shop.Requests.Count.ShouldBe(3);
        (await Shop(shop).OrdersAsync([], default)).ShouldBeEmpty();
        shop.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_old_shop_that_ignores_the_filter_finds_only_the_order_that_was_asked_for()
    {
        var mine = Row(5, s_start).Replace("\"created_via\":\"rest-api\"", "\"created_via\":\"relance:c:2\"");
        await using var shop = new ScriptedShop((heard, _) => Json(heard.Target.Contains("status=trash") ? "[]" : $"[{Row(4, s_start)},{mine}]"));
        (await Shop(shop).OrdersCreatedViaAsync("relance:c:2", 2, s_start, default)).ShouldHaveSingleItem().Id.ShouldBe(5);
        var query = Query(shop.Requests[0]);
        (query["created_via"], query["customer"], query["after"], query["dates_are_gmt"]).ShouldBe(("relance:c:2", "2", "2026-11-21T21:00:00", "true"));
    }

    [Fact]
    public async Task A_batch_tells_of_each_item_whether_it_was_done()
    {
        var answer = System.Text.Encoding.UTF8.GetString(Recording.Load("178_post_orders_batch.json").Answer);
        await using var shop = new ScriptedShop((_, _) => Json(answer));
        var values = new Dictionary<string, string> { ["_relance_status"] = "Grace" };
        var results = await Shop(shop).SetMetadataAsync([.. new[] { 17L, 999999, 18, 19 }.Select(id => (new ShopRef(ShopKind.Order, id), (IReadOnlyDictionary<string, string>)values))], default);
        results.Select(result => result?.Fault).ShouldBe([null, ShopFault.NotFound, null, ShopFault.Unreadable]);
        shop.Requests.Single().Body.ShouldStartWith("""{"update":[{"id":17,"meta_data":[{"key":"_relance_status","value":"Grace"}]},""");
    }

    [Fact]
    public async Task A_note_is_private_and_an_order_is_made_as_asked()
    {
        await using var shop = new ScriptedShop((heard, _) => Json(heard.Target.Contains("/notes") ? """{"id":7}""" : s_order, 201));
        await Shop(shop).AddPrivateNoteAsync(new(ShopKind.Subscription, 37), "relance:1", default);
        await Shop(shop).CreateOrderAsync(new("relance:c:2", 2, new("Jeanne", "Lefèvre", "", "", "", "FR") { City = "Lyon" }, "EUR",
            [new(11, 0, 2, new(18050, "EUR"))], new Dictionary<string, string> { ["a"] = "b" }), default);
        shop.Requests[0].Target.ShouldStartWith("/wp-json/wc/v3/subscriptions/37/notes?oauth_");
        shop.Requests[0].Body.ShouldBe("""{"note":"relance:1","customer_note":false}""");
        JsonSerializer.Deserialize<JsonElement>(shop.Requests[1].Body).GetRawText().ShouldBe(
            """{"status":"pending","created_via":"relance:c:2","customer_id":2,"currency":"EUR","billing":{"first_name":"Jeanne","last_name":"Lef\u00E8vre","country":"FR","city":"Lyon"},"line_items":"""
            + """[{"product_id":11,"quantity":2,"subtotal":"180.5","total":"180.5"}],"meta_data":[{"key":"a","value":"b"}]}""");
    }

    [Theory]
    [InlineData("yes", "no", true)]
    [InlineData("no", "yes", true)]
    [InlineData("no", "no", false)]
    [InlineData("no", null, false)]
    public async Task Whether_the_shop_mails_paid_orders_is_read_from_its_mail_settings(string processing, string? completed, bool mails)
    {
        await using var shop = new ScriptedShop((heard, _) => (heard.Target.Contains("email_customer_processing_order/enabled") ? processing : completed) is { } value
            ? Json($$"""{"id":"enabled","value":"{{value}}"}""") : Error(404, "rest_setting_setting_group_invalid"));
        ShopMails.Thanks(await Shop(shop).OwnMailsAsync(default)).ShouldBe(mails);
    }

    [Fact]
    public async Task Disabled_webhooks_are_listed_and_deleting_is_for_good()
    {
        var hook = System.Text.Encoding.UTF8.GetString(Recording.Load("153_get_webhook_disabled.json").Answer);
        await using var shop = new ScriptedShop((heard, _) => Json(heard.Method == "GET" ? $"[{hook}]" : hook));
        var listed = (await Shop(shop).WebhooksAsync(default)).ShouldHaveSingleItem();
        listed.Status.ShouldBe("disabled");
        await Shop(shop).DeleteWebhookAsync(listed.Id, default);
        Query(shop.Requests[0])["status"].ShouldBe("all");
        (shop.Requests[1].Method, Query(shop.Requests[1])["force"]).ShouldBe(("DELETE", "true"));
    }

    [Theory]
    [InlineData("mon-compte", "/mon-compte/view-subscription/37/")]
    [InlineData(null, "/my-account/view-subscription/37/")]
    public async Task The_page_of_a_subscription_lies_under_the_shops_own_account_page(string? slug, string path)
    {
        var subscription = System.Text.Encoding.UTF8.GetString(Recording.Load("206_get_subscription.json").Answer);
        await using var shop = new ScriptedShop((heard, _) =>
            heard.Target.Contains("system_status") ? Json("""{"pages":[{"page_id":"5","shortcode":""},{"page_id":"8","shortcode":"[woocommerce_my_account]"}]}""")
            : !heard.Target.Contains("wp/v2/pages/8") ? Json($"[{subscription}]")
            : slug is null ? Error(404, "rest_post_invalid_id")
            : Json($$"""{"link":"http://{{heard.Head.Split("Host: ")[1].Split('\r')[0]}}/{{slug}}/"}"""));
        var woo = Shop(shop);
        for (var i = 0; i < 2; i++)
            (await woo.SubscriptionsAsync([37], default)).ShouldHaveSingleItem().ViewUrl.ShouldBe(new(shop.Url, path));
        shop.Requests.Count(heard => heard.Target.Contains("system_status")).ShouldBe(1);
        shop.Requests.Single(heard => heard.Target.Contains("wp/v2")).Target.ShouldNotContain("oauth_");
    }

    [Fact]
    public async Task A_product_that_is_gone_is_null()
    {
        await using var shop = new ScriptedShop((heard, _) => heard.Target.Contains("/11?")
            ? Json("""{"id":11,"sku":"CONTRAT-AN","categories":[{"id":15,"slug":"maintenance"}]}""") : Error(404, "woocommerce_rest_product_invalid_id"));
        var product = (await Shop(shop).ProductAsync(11, default)).ShouldNotBeNull();
        (product.Sku, string.Join(' ', product.Categories)).ShouldBe(("CONTRAT-AN", "15 maintenance"));
        (await Shop(shop).ProductAsync(12, default)).ShouldBeNull();
    }

    public void Dispose() => _factory.Dispose();

    private WooCommerceShop Shop(ScriptedShop shop) => _factory.WooCommerce(new(shop.Url, "ck_1", "cs_1", AllowPrivateAddress: true));

    private static Dictionary<string, string> Query(Heard heard) => heard.Target.Split('?')[1].Split('&')
        .Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));

    private static string Row(long id, DateTimeOffset modified, string status = "pending") => s_order
        .Replace("\"id\":12,\"parent_id\"", $"\"id\":{id},\"parent_id\"")
        .Replace("\"date_modified_gmt\":\"2026-11-21T21:26:59\"", $"\"date_modified_gmt\":\"{modified.UtcDateTime.ToString("s", CultureInfo.InvariantCulture)}\"")
        .Replace("\"status\":\"pending\"", $"\"status\":\"{status}\"");

    /// <summary>A shop's orders, answered as WooCommerce does, with somebody at work between two pages.</summary>
    private sealed class Table(int count, int perSecond = 3)
    {
        private DateTimeOffset _now = s_start.AddHours(1);

        public Dictionary<long, DateTimeOffset> Rows { get; } = Enumerable.Range(1, count)
            .ToDictionary(i => (long)i, i => s_start.AddSeconds(1 + (i / perSecond)));

        public int Pages { get; private set; }

        public string Answer(Heard heard, Action? afterwards = null)
        {
            var query = Query(heard);
            if (query["status"] == "trash")
                return Json("[]");
            Pages++;
            var after = DateTimeOffset.Parse(query["modified_after"] + "Z", CultureInfo.InvariantCulture);
            var all = Rows.Where(row => row.Value > after).OrderBy(row => row.Value).ToList();
            var page = all.Skip(100 * (int.Parse(query["page"]) - 1)).Take(100).Select(row => Row(row.Key, row.Value));
            afterwards?.Invoke();
            return Json($"[{string.Join(',', page)}]", headers: $"X-WP-TotalPages: {(all.Count + 99) / 100}\r\n");
        }

        // Three orders already read change: each moves to the end, and all behind it one place forward.
        public void Touch()
        {
            if (Pages > 2) // nobody asks after the last page
                return;
            foreach (var id in Rows.OrderBy(row => row.Value).Take(3).Select(row => row.Key).ToList())
                Rows[id] = _now = _now.AddSeconds(1);
        }
    }
}
