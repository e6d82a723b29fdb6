using Relance.Shops;
using Relance.Shops.WooCommerce;
using static Relance.Tests.Shops.ScriptedShop;

namespace Relance.Tests.Shops;

/// <summary>What makes a new thing in the shop is asked for once, unless it surely was not made.</summary>
public sealed class ShopWritesOnce : IDisposable
{
    private static readonly ShopRef s_order = new(ShopKind.Order, 12);

    private readonly ShopFactory _factory = new(limits: new()
    {
        Try = TimeSpan.FromSeconds(5),
        FirstWait = TimeSpan.FromMilliseconds(10),
        Retries = 3,
    });

    public static TheoryData<string?, bool> AfterSending => new()
    {
        { null, true }, // dropped
        { "", true }, // no answer
        { Error(500, "internal_server_error"), true },
        { Error(504, "gateway"), true },
        { Html(200, "<h1>Bravo</h1>"), true },
        { Error(400, "rest_invalid_param"), false },
        { Error(401, "woocommerce_rest_authentication_error"), false },
    };

    [Theory]
    [MemberData(nameof(AfterSending))]
    public async Task An_order_that_may_have_been_made_is_not_made_again(string? answer, bool ambiguous)
    {
        await using var shop = new ScriptedShop((_, _) => answer);
        (await Failure(Shop(shop).CreateOrderAsync(Order(), default))).Ambiguous.ShouldBe(ambiguous);
        shop.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_drop_on_a_connection_used_before_does_not_repeat_a_note()
    {
        await using var shop = new ScriptedShop((heard, _) => heard.Method == "GET" ? Json("[]") : null);
        var woo = Shop(shop);
        await woo.NotesAsync(s_order, default);
        (await Failure(woo.AddPrivateNoteAsync(s_order, "relance:1", default))).Ambiguous.ShouldBeTrue();
        shop.Requests.Count(heard => heard.Method == "POST").ShouldBe(1);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task An_order_that_was_surely_not_made_is_tried_again(int status)
    {
        var made = System.Text.Encoding.UTF8.GetString(Recording.Load("110_post_order_pending.json").Answer);
        await using var shop = new ScriptedShop((_, n) => n == 1 ? Error(status, "busy") : Json(made, 201));
        (await Shop(shop).CreateOrderAsync(Order(), default)).Id.ShouldBe(12);
        shop.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_shop_that_refuses_connections_has_surely_made_nothing()
    {
        var shop = new ScriptedShop((_, _) => null);
        await shop.DisposeAsync();
        var failure = await Failure(Shop(shop).CreateOrderAsync(Order(), default));
        (failure.Fault, failure.Ambiguous).ShouldBe((ShopFault.Unreachable, false));
    }

    public void Dispose() => _factory.Dispose();

    private WooCommerceShop Shop(ScriptedShop shop) => _factory.WooCommerce(new(shop.Url, "ck_1", "cs_1", AllowPrivateAddress: true));

    private static Task<ShopException> Failure(Task call) => Should.ThrowAsync<ShopException>(() => call);

    private static NewOrder Order() => new("relance:c:2", 2, new("Jeanne", "Lefèvre", "", "", "", "FR"), "EUR", [new(11, 0, 1, new(18000, "EUR"))], new Dictionary<string, string>());
}
