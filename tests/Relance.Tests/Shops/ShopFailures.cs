using System.Diagnostics;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using static Relance.Tests.Shops.ScriptedShop;

namespace Relance.Tests.Shops;

/// <summary>What the client does when a shop misbehaves.</summary>
public sealed class ShopFailures : IDisposable
{
    private const string Key = "ck_0123456789";
    private const string Secret = "cs_verysecret";
    private static readonly ShopRef s_order = new(ShopKind.Order, 12);

    private readonly ShopFactory _factory = new(limits: new()
    {
        Try = TimeSpan.FromSeconds(10),
        Call = TimeSpan.FromSeconds(30),
        FirstWait = TimeSpan.FromMilliseconds(10),
        LongestWait = TimeSpan.FromSeconds(2),
        Retries = 3,
        AnswerBytes = 64 * 1024,
    });

    [Fact]
    public async Task Too_many_requests_waits_as_long_as_the_shop_asks()
    {
        await using var shop = new ScriptedShop((_, n) => n == 1 ? Error(429, "too_many", "Retry-After: 1\r\n") : Json("[]"));
        var clock = Stopwatch.StartNew();
        (await Shop(shop).NotesAsync(s_order, default)).ShouldBeEmpty();
        clock.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(950));
        shop.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Maintenance_that_asks_for_ten_minutes_is_not_waited_for()
    {
        var page = System.Text.Encoding.UTF8.GetString(Recording.Load("310_maintenance_mode_503.json").Answer);
        await using var shop = new ScriptedShop((_, _) => Html(503, page, "Retry-After: 600\r\n"));
        var failure = await Failure(Shop(shop).NotesAsync(s_order, default));
        failure.Fault.ShouldBe(ShopFault.Unreachable);
        failure.RetryAfter.ShouldBe(TimeSpan.FromMinutes(10));
        failure.Message.ShouldContain("\"Maintenance\"");
        shop.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task One_server_error_is_survived(int status)
    {
        await using var shop = new ScriptedShop((_, n) => n == 1 ? Error(status, "internal_server_error") : Json("[]"));
        await Shop(shop).NotesAsync(s_order, default);
        shop.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_shop_that_stays_broken_is_unreachable_after_the_retries()
    {
        await using var shop = new ScriptedShop((_, _) => Error(500, "internal_server_error"));
        var failure = await Failure(Shop(shop).NotesAsync(s_order, default));
        (failure.Fault, failure.Code, failure.Ambiguous).ShouldBe((ShopFault.Unreachable, "internal_server_error", false));
        failure.Message.ShouldContain("Désolé, l’essai échoue.");
        shop.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_dropped_connection_and_a_cut_answer_are_tried_again()
    {
        await using var shop = new ScriptedShop((_, n) => n switch
        {
            1 => null,
            2 => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"id\":",
            _ => Json("[]"),
        });
        (await Shop(shop).NotesAsync(s_order, default)).ShouldBeEmpty();
        shop.Requests.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task A_shop_that_does_not_answer_is_given_up_in_time()
    {
        await using var shop = new ScriptedShop((_, _) => "");
        using var hasty = new ShopFactory(limits: new() { Try = TimeSpan.FromSeconds(1), Call = TimeSpan.FromSeconds(3), FirstWait = TimeSpan.FromMilliseconds(10) });
        var clock = Stopwatch.StartNew();
        (await Failure(hasty.WooCommerce(new(shop.Url, Key, Secret, AllowPrivateAddress: true)).NotesAsync(s_order, default))).Fault.ShouldBe(ShopFault.Unreachable);
        clock.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(60));
        shop.Requests.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Cancelling_ends_a_call_at_once()
    {
        await using var shop = new ScriptedShop((_, _) => "");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Should.ThrowAsync<OperationCanceledException>(() => Shop(shop).NotesAsync(s_order, stop.Token));
    }

    [Theory]
    [InlineData(401, "woocommerce_rest_authentication_error", ShopFault.Refused)]
    [InlineData(403, "rest_forbidden", ShopFault.Refused)]
    [InlineData(404, "woocommerce_rest_shop_order_invalid_id", ShopFault.NotFound)]
    [InlineData(410, "woocommerce_rest_already_trashed", ShopFault.NotFound)]
    [InlineData(404, "rest_no_route", ShopFault.Unreachable)]
    [InlineData(400, "rest_invalid_param", ShopFault.Invalid)]
    [InlineData(413, "woocommerce_rest_request_entity_too_large", ShopFault.Invalid)]
    [InlineData(501, "woocommerce_rest_trash_not_supported", ShopFault.Invalid)]
    public async Task Each_error_of_the_shop_has_its_meaning_and_is_final(int status, string code, ShopFault fault)
    {
        await using var shop = new ScriptedShop((_, _) => Error(status, code));
        var failure = await Failure(Shop(shop).SetStatusAsync(s_order, "completed", default));
        (failure.Fault, failure.Code).ShouldBe((fault, code));
        shop.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_404_that_is_not_the_shops_does_not_mean_that_the_order_is_gone()
    {
        await using var shop = new ScriptedShop((_, _) => Html(404, "<html><title>404 Not Found</title></html>"));
        (await Failure(Shop(shop).NotesAsync(s_order, default))).Fault.ShouldBe(ShopFault.Unreadable);
        shop.Requests.Select(heard => heard.Target.Split('?')[0]).ShouldBe(["/wp-json/wc/v3/orders/12/notes", "/index.php/wp-json/wc/v3/orders/12/notes"]);
    }

    [Fact]
    public async Task A_shop_without_pretty_permalinks_is_found_under_index_php()
    {
        await using var shop = new ScriptedShop((heard, _) => heard.Target.StartsWith("/index.php/", StringComparison.Ordinal) ? Json("[]") : Html(404, "<title>Not Found</title>"));
        var woo = Shop(shop);
        await woo.NotesAsync(s_order, default);
        await woo.NotesAsync(s_order, default);
        shop.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_but_named()
    {
        await using var shop = new ScriptedShop((_, _) => Json("", 301, "Location: http://169.254.169.254/latest?x=1\r\n"));
        var failure = await Failure(Shop(shop).NotesAsync(s_order, default));
        (failure.Fault, failure.Code).ShouldBe((ShopFault.Invalid, "redirect"));
        failure.Message.ShouldContain("http://169.254.169.254/latest;");
    }

    [Theory]
    [InlineData("312_php_warning_before_json.json", "Undefined array key")]
    [InlineData(null, "a byte order mark")]
    public async Task What_a_plugin_prints_before_the_JSON_is_skipped_and_told(string? recording, string warning)
    {
        var body = recording is null ? "\uFEFF[{\"id\":1044,\"note\":\"n\"}]" : System.Text.Encoding.UTF8.GetString(Recording.Load(recording).Answer);
        await using var shop = new ScriptedShop((_, _) => Json(body));
        var woo = Shop(shop);
        (await woo.NotesAsync(s_order, default)).Count.ShouldBe(1);
        woo.Warning.ShouldNotBeNull().ShouldContain(warning);
    }

    [Theory]
    [InlineData("[{\"id\":1}")]
    [InlineData("<h1>Coming soon</h1>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"a\":1}")]
    [InlineData("[{\"id\":\"x\"}]")]
    public async Task A_page_that_is_not_what_was_asked_for_is_unreadable(string body)
    {
        await using var shop = new ScriptedShop((_, _) => Json(body));
        (await Failure(Shop(shop).NotesAsync(s_order, default))).Fault.ShouldBe(ShopFault.Unreadable);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        await using var shop = new ScriptedShop((_, _) => Json("[" + new string(' ', 70_000) + "]"));
        var failure = await Failure(Shop(shop).NotesAsync(s_order, default));
        failure.Fault.ShouldBe(ShopFault.Unreadable);
        shop.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_status_that_the_shop_keeps_is_an_error()
    {
        await using var shop = new ScriptedShop((_, _) => Json("""{"id":12,"status":"cancelled"}"""));
        var failure = await Failure(Shop(shop).SetStatusAsync(s_order, "processing", default));
        (failure.Fault, failure.Code).ShouldBe((ShopFault.Invalid, "status_unchanged"));
    }

    [Fact]
    public async Task No_secret_is_ever_in_a_message()
    {
        await using var shop = new ScriptedShop((_, _) => Json($$$"""{"code":"x","message":"your {{{Secret}}} is wrong","data":{"status":400}}""", 400));
        var failure = await Failure(Shop(shop).NotesAsync(s_order, default));
        failure.ToString().ShouldNotContain(Secret);
        failure.ToString().ShouldNotContain("oauth_");
        shop.Requests.ShouldAllBe(heard => !heard.Head.Contains(Secret));
        new ShopLink(shop.Url, Key, Secret).ToString().ShouldNotContain(Secret);
    }

    public void Dispose() => _factory.Dispose();

    private WooCommerceShop Shop(ScriptedShop shop) => _factory.WooCommerce(new(shop.Url, Key, Secret, AllowPrivateAddress: true));

    private static Task<ShopException> Failure(Task call) => Should.ThrowAsync<ShopException>(() => call);
}
