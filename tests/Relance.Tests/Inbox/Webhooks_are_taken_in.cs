using System.Net;
using Relance.Inbox;
using Relance.Operations;
using Relance.Shops.WooCommerce;
using Relance.Storage;
using Relance.Tests.Shops;

namespace Relance.Tests.Inbox;

public abstract class Webhooks_are_taken_in(Dialect dialect) : IAsyncLifetime
{
    private InboxHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await InboxHost.StartAsync(dialect);
        await _host.AddShopAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Every_recorded_delivery_verifies_and_is_stored_as_it_came()
    {
        var deliveries = Recording.SignedDeliveries().ToList();
        deliveries.Count.ShouldBeGreaterThan(60);
        foreach (var delivery in deliveries)
        {
            var answer = await _host.PostAsync(delivery.Delivered, delivery.Header("X-WC-Webhook-Topic")!, delivery.Header("X-WC-Webhook-Signature"));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, delivery.Name);
        }
        var expected = deliveries.Select(d => (d.Header("X-WC-Webhook-Topic"), Values.Hash(d.Delivered))).Distinct().ToList();
        (await _host.CountAsync("state = 'new'")).ShouldBe(expected.Count);
        var taken = await _host.TakeAsync(limit: 1000);
        taken.Count.ShouldBe(expected.Count);
        foreach (var trashed in taken.Where(row => row.Hint.Topic == "order.deleted"))
            trashed.Hint.Subject.ShouldBe(WebhookSubject.Order);
    }

    [Fact]
    public async Task A_flipped_byte_is_refused_and_leaves_nothing()
    {
        var recorded = Recording.Load("120_hook_order_created_pending__order.created.json");
        var (body, signature) = (recorded.Delivered, recorded.Header("X-WC-Webhook-Signature"));
        for (var i = 0; i < body.Length; i += 97)
        {
            var flipped = body.ToArray();
            flipped[i] ^= 1;
            (await _host.PostAsync(flipped, "order.created", signature)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"byte {i}");
        }
        (await _host.CountAsync()).ShouldBe(0);
        (await _host.PostAsync(body, "order.created", signature)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_unknown_shop_and_a_bad_signature_get_the_same_answer()
    {
        var body = """{"id":14}"""u8.ToArray();
        var unknown = await _host.PostAsync(body, shopId: Values.NewId());
        var wrong = await _host.PostAsync(body, signature: WebhookSignature.Sign(body, "another secret"));
        var none = await _host.Http.PostAsync($"webhooks/woocommerce/{_host.ShopId}", new ByteArrayContent(body));
        foreach (var answer in new[] { unknown, wrong, none })
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await unknown.Content.ReadAsStringAsync()).ShouldBe(await wrong.Content.ReadAsStringAsync());
        unknown.Headers.Select(h => h.Key).ShouldBe(wrong.Headers.Select(h => h.Key));
        (await _host.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_recorded_ping_is_answered_and_ignored()
    {
        var ping = Recording.Load("100_delivery_ping.json").Delivered;
        var content = new ByteArrayContent(ping) { Headers = { ContentType = new("application/x-www-form-urlencoded") } };
        (await _host.Http.PostAsync($"webhooks/woocommerce/{_host.ShopId}", content)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _host.CountAsync()).ShouldBe(0);
        (await _host.PostAsync(ping, signature: "")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "a ping has no X-WC header");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_body_over_one_MiB_is_too_large_even_when_signed(bool chunked)
    {
        var body = new byte[InboxEndpoint.LongestBody + 1];
        Array.Fill(body, (byte)' ');
        using var request = new HttpRequestMessage(HttpMethod.Post, $"webhooks/woocommerce/{_host.ShopId}") { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-WC-Webhook-Topic", "order.updated");
        request.Headers.Add("X-WC-Webhook-Signature", WebhookSignature.Sign(body, InboxHost.Secret));
        request.Headers.TransferEncodingChunked = chunked;
        (await _host.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await _host.PostAsync(body[1..])).StatusCode.ShouldBe(HttpStatusCode.OK, "one byte less is taken");
    }

    [Fact]
    public async Task A_signed_delivery_without_topic_is_told_so()
    {
        var body = """{"id":14}"""u8.ToArray();
        var answer = await _host.PostAsync(body, topic: new string('x', 201));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("X-WC-Webhook-Topic");
    }

    [Fact]
    public async Task The_same_delivery_twice_is_one_row_until_it_is_taken()
    {
        var body = """{"id":14}"""u8.ToArray();
        await _host.PostAsync(body, "order.deleted");
        await _host.PostAsync(body, "order.deleted");
        (await _host.TakeAsync()).ShouldHaveSingleItem().Hint.ShouldBe(new WebhookHint("order.deleted", WebhookSubject.Order, 14));

        await _host.PostAsync(body, "order.deleted");
        var again = (await _host.TakeAsync()).ShouldHaveSingleItem("the shop changed again while we were pulling");
        await _host.Storage.Database.WriteAsync(session => InboxStore.MarkDoneAsync(session, [again.Id]));
        (await _host.CountAsync("state = 'done' AND length(body) = 0")).ShouldBe(1);
        (await _host.CountAsync("state = 'taken'")).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_crashed_reader_took_is_taken_again_after_its_lease()
    {
        var now = Clocks.RealTime.Real;
        await _host.PostAsync("""{"id":14}"""u8.ToArray(), "order.deleted");
        var first = (await _host.TakeAsync(now)).ShouldHaveSingleItem();
        (await _host.TakeAsync(now + InboxStore.Lease)).ShouldBeEmpty();
        (await _host.TakeAsync(now + InboxStore.Lease + TimeSpan.FromSeconds(1))).ShouldHaveSingleItem().Id.ShouldBe(first.Id);
        (await _host.Storage.Database.ReadAsync(s => InboxStore.ShopsWaitingAsync(s, now + 3 * InboxStore.Lease))).ShouldBe([_host.ShopId]);
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_set_aside_with_the_reason()
    {
        await _host.PostAsync("<html>"u8.ToArray());
        await _host.PostAsync("""{"id":15}"""u8.ToArray());
        (await _host.TakeAsync()).ShouldHaveSingleItem().Hint.Id.ShouldBe(15);
        (await _host.CountAsync("state = 'failed' AND error LIKE '%JSON%' AND length(body) = 6")).ShouldBe(1);
        (await _host.TakeAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_thousand_at_once_are_all_stored_and_each_is_taken_once()
    {
        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
            (await _host.PostAsync(System.Text.Encoding.UTF8.GetBytes($$"""{"id":{{i + 1}}}"""))).StatusCode.ShouldBe(HttpStatusCode.OK));
        (await _host.CountAsync("state = 'new'")).ShouldBe(1000);
        var readers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(DrainAsync)));
        readers.SelectMany(ids => ids).Order().ShouldBe(Enumerable.Range(1, 1000).Select(i => (long)i));
    }

    private async Task<List<long>> DrainAsync()
    {
        List<long> seen = [];
        for (IReadOnlyList<InboxRow> rows; (rows = await _host.TakeAsync(limit: 37)).Count > 0;)
            seen.AddRange(rows.Select(row => row.Hint.Id!.Value));
        return seen;
    }
}

public sealed class Webhooks_are_taken_in_by_SQLite() : Webhooks_are_taken_in(Dialect.Sqlite);

public sealed class Webhooks_are_taken_in_by_PostgreSQL() : Webhooks_are_taken_in(Dialect.Postgres);
