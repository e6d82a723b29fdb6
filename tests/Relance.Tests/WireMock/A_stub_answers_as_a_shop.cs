using System.Text.Json.Nodes;
using Relance.Domain.Billing;
using Relance.Shops;
using Relance.Tests.Servers;

namespace Relance.Tests.WireMock;

[Collection("stub")]
public sealed class A_stub_answers_as_a_shop(StubShop stub) : IAsyncLifetime
{
    private readonly ShopFactory _factory = new();

    public Task InitializeAsync() => stub.FreshAsync();

    public Task DisposeAsync()
    {
        _factory.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task It_says_who_it_is_under_the_address_it_is_called_by()
    {
        var said = await stub.Client(_factory).IdentityAsync(default);
        (said.Url.Authority, said.Name, said.TimeZone, said.Currency, said.HasSubscriptions).ShouldBe((stub.Url.Authority, "Boutique de papier", "Europe/Paris", "EUR", true));
        said.Clock.ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Its_orders_fill_three_pages_by_number()
    {
        using var http = new HttpClient();
        var ids = new List<int>();
        for (var page = 1; page <= 4; page++)
        {
            using var answer = await http.GetAsync(new Uri(stub.Url, $"wp-json/wc/v3/orders?per_page=100&page={page}"));
            (answer.Headers.GetValues("X-WP-Total").Single(), answer.Headers.GetValues("X-WP-TotalPages").Single()).ShouldBe(("253", "3"));
            (answer.Headers.TryGetValues("Link", out var link) && link.Single().Contains("rel=\"next\"", StringComparison.Ordinal)).ShouldBe(page < 3);
            ids.AddRange(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray().Select(order => order!["id"]!.GetValue<int>()));
        }

        (ids.Count, ids.Distinct().Count()).ShouldBe((253, 253));
    }

    [Fact]
    public async Task A_pull_reads_every_order_once_and_the_next_one_only_what_came_later()
    {
        var client = stub.Client(_factory);
        var all = await client.OrdersModifiedAfterAsync(DateTimeOffset.UnixEpoch, default).ToListAsync();
        (all.Count, all.Select(order => order.Id).Distinct().Count()).ShouldBe((253, 253));
        (await stub.AskedAsync("GET", "orders")).Count.ShouldBe(4, "three pages, and the trash");

        var (last, before) = (all[^1].ModifiedAt, all[^4].ModifiedAt);
        (await client.OrdersModifiedAfterAsync(before, default).ToListAsync()).Select(order => order.Id).ShouldBe([.. all[^3..].Select(order => order.Id)]);
        (await client.OrdersModifiedAfterAsync(last, default).ToListAsync()).ShouldBeEmpty();
        (await client.OrdersAsync([1501, 1511, 4242], default)).Select(order => order.Id).ShouldBe([1501, 1511]);
    }

    // Twelve months before 29 February is the 28th, and that purchase would end two days before.
    [Fact]
    public async Task A_term_that_would_end_on_the_28_February_of_a_leap_year_ends_on_the_29th()
    {
        var root = Directory.CreateTempSubdirectory("relance-stub-").FullName;
        foreach (var file in Directory.EnumerateFiles(StubShop.Root, "*.json", SearchOption.AllDirectories))
            File.Copy(file, Directory.CreateDirectory(Path.Combine(root, Path.GetFileName(Path.GetDirectoryName(file)!))).FullName + "/" + Path.GetFileName(file));
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var leap = Enumerable.Range(today.Year + 1, 9).Where(DateTime.IsLeapYear).Select(year => new DateOnly(year, 2, 29)).First();
        var orders = Path.Combine(root, "__files", "orders.json");
        var end = leap.DayNumber - today.DayNumber - 1;
        await File.WriteAllTextAsync(orders, (await File.ReadAllTextAsync(orders)).Replace("\"1501\", \"end\": \"30\"", $"\"1501\", \"end\": \"{end}\"", StringComparison.Ordinal));
        using var server = await WireMockServer.StartAsync(root);

        var bought = (await _factory.WooCommerce(new(server.Url, "ck_stub", "cs_stub", AllowPrivateAddress: true)).OrdersAsync([1501], default)).ShouldHaveSingleItem();
        DateOnly.FromDateTime(bought.ModifiedAt.UtcDateTime).ShouldBe(new DateOnly(leap.Year - 1, 3, 1));
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Its_subscriptions_stand_in_every_state_that_Relance_follows()
    {
        var all = await stub.Client(_factory).SubscriptionsModifiedAfterAsync(DateTimeOffset.UnixEpoch, default).ToListAsync();
        all.Select(subscription => subscription.Status).Distinct().ShouldBe(["active", "on-hold", "pending-cancel", "cancelled", "expired"], ignoreOrder: true);
        all.Single(subscription => !subscription.RequiresManualRenewal && subscription.Status == "active").Months.ShouldBe(12);
        all[0].ViewUrl!.AbsolutePath.ShouldStartWith("/mon-compte/view-subscription/");
    }

    [Fact]
    public async Task An_order_that_it_made_is_found_again_by_what_made_it()
    {
        var client = stub.Client(_factory);
        var order = new NewOrder("relance:c1:2", 301, new("Jeanne", "Lefèvre", "", "jeanne@client.example", "", "FR"), "EUR",
            [new(21, 0, 1, new(48_000, "EUR")), new(20, 0, 2, new(2_050, "EUR"))], new Dictionary<string, string> { ["_relance_contract"] = "c1" });
        var since = TimeProvider.System.GetUtcNow().AddDays(-1);
        (await client.OrdersCreatedViaAsync("relance:c1:2", 301, since, default)).ShouldBeEmpty();
        var made = await client.CreateOrderAsync(order, default);
        (made.Status, made.CreatedVia, made.Total, made.Meta["_relance_contract"]).ShouldBe(("pending", "relance:c1:2", new Money(60_060, "EUR"), "c1"));

        await UntilAsync(async () => (await client.OrdersCreatedViaAsync("relance:c1:2", 301, since, default)).Count == 1);
        (await client.OrdersCreatedViaAsync("relance:c1:3", 301, since, default)).ShouldBeEmpty();
        (await client.OrdersAsync([1501, made.Id], default)).Select(found => (found.Id, found.CreatedVia)).ShouldBe([(1501, "checkout"), (made.Id, "relance:c1:2")]);
        await client.SetStatusAsync(new(ShopKind.Order, made.Id), "cancelled", default);
    }

    [Fact]
    public async Task Metadata_notes_and_webhooks_are_answered_as_the_shop_does()
    {
        var client = stub.Client(_factory);
        var values = new Dictionary<string, string> { ["_relance_status"] = "grace" };
        (await client.SetMetadataAsync([(new(ShopKind.Order, 1501), values), (new(ShopKind.Order, 999_999), values)], default)).Select(error => error?.Fault).ShouldBe([null, ShopFault.NotFound]);
        await client.AddPrivateNoteAsync(new(ShopKind.Subscription, 2601), "Relance « envoyée » \"ici\". [relance:0192]", default);
        (await client.NotesAsync(new(ShopKind.Subscription, 2601), default)).ShouldBeEmpty();

        (await client.WebhooksAsync(default)).ShouldBeEmpty();
        var hook = await client.CreateWebhookAsync("Relance order.updated", "order.updated", new("http://relance.example/hooks/7"), "secret", default);
        (hook.Topic, hook.Status).ShouldBe(("order.updated", "active"));
        await UntilAsync(async () => (await client.WebhooksAsync(default)).Count == 8);
        (await client.WebhooksAsync(default)).ShouldAllBe(known => known.DeliveryUrl == new Uri("http://relance.example/hooks/7"));
        await client.DeleteWebhookAsync(hook.Id, default);
    }

    // It remembers by calling its own admin API, a moment after it answered.
    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            tries.ShouldBeLessThan(100, "the stub should have remembered by now");
            await Task.Delay(50);
        }
    }
}
