using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using static Relance.Tests.Shops.ScriptedShop;

namespace Relance.Tests.Shops;

/// <summary>Basic, OAuth, and certificates, against a real TLS server.</summary>
public sealed class ShopAuthentication : IDisposable
{
    private const string Key = "ck_0123456789";
    private const string Secret = "cs_verysecret";
    private static readonly ShopRef s_order = new(ShopKind.Order, 12);
    private static readonly string s_basic = "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Key}:{Secret}"));

    private readonly X509Certificate2 _certificate = SelfSigned();
    private readonly ShopFactory _factory = new(limits: new() { Retries = 0, Try = TimeSpan.FromSeconds(5) });

    [Fact]
    public async Task Over_HTTPS_the_keys_go_in_the_header_and_never_in_the_address()
    {
        await using var shop = new ScriptedShop((_, _) => Json("[]"), _certificate);
        var woo = Shop(shop);
        await woo.NotesAsync(s_order, default);
        shop.Requests.Single().Head.ShouldContain(s_basic);
        shop.Requests.Single().Target.ShouldBe("/wp-json/wc/v3/orders/12/notes?_fields=id%2Cnote");
        woo.Auth.ShouldBe(ShopAuth.Basic);
    }

    [Fact]
    public async Task Over_plain_HTTP_calls_are_signed_anew_each_time_and_no_secret_travels()
    {
        await using var shop = new ScriptedShop((_, _) => Json("[]"));
        var woo = Shop(shop);
        await woo.NotesAsync(s_order, default);
        await woo.NotesAsync(s_order, default);
        shop.Requests.ShouldAllBe(heard => Signed(shop, heard) && !heard.Head.Contains(Secret) && !heard.Head.Contains("Authorization"));
        shop.Requests.Select(heard => Query(heard)["oauth_nonce"]).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_host_that_strips_the_header_is_found_out_once_and_remembered()
    {
        await using var shop = new ScriptedShop(
            (heard, _) => heard.Target.Contains("oauth_signature=") ? Json("[]") : Error(401, "woocommerce_rest_cannot_view"), _certificate);
        var woo = Shop(shop);
        await woo.NotesAsync(s_order, default);
        await woo.NotesAsync(s_order, default);
        woo.Auth.ShouldBe(ShopAuth.OAuth);
        shop.Requests.Count.ShouldBe(3);
        Signed(shop, shop.Requests[1]).ShouldBeTrue();

        var again = Shop(shop, ShopAuth.OAuth);
        await again.NotesAsync(s_order, default);
        shop.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task An_unknown_key_is_refused_after_both_ways_were_tried()
    {
        await using var shop = new ScriptedShop(
            (heard, _) => Error(401, heard.Target.Contains("oauth_signature=") ? "woocommerce_rest_authentication_error" : "woocommerce_rest_cannot_view"), _certificate);
        var woo = Shop(shop);
        for (var i = 0; i < 2; i++)
            (await Should.ThrowAsync<ShopException>(() => woo.NotesAsync(s_order, default))).Fault.ShouldBe(ShopFault.Refused);
        woo.Auth.ShouldBe(ShopAuth.Basic);
        shop.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_wrong_secret_is_not_tried_another_way()
    {
        await using var shop = new ScriptedShop((_, _) => Error(401, "woocommerce_rest_authentication_error"), _certificate);
        (await Should.ThrowAsync<ShopException>(() => Shop(shop).NotesAsync(s_order, default))).Fault.ShouldBe(ShopFault.Refused);
        shop.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_index_is_asked_without_keys_which_WordPress_would_refuse()
    {
        await using var shop = new ScriptedShop((heard, _) => heard.Target.StartsWith("/wp-json/?", StringComparison.Ordinal)
            ? Json("""{"name":"L&#039;Atelier","home":"https://shop.example","url":"","timezone_string":"","gmt_offset":2}""")
            : heard.Target.Contains("currencies") ? Json("""{"code":"EUR"}""")
            : heard.Target.Contains("system_status") ? Json("""{"environment":{"version":"11.0.1"}}""")
            : Error(404, "rest_no_route"), _certificate);
        var identity = await Shop(shop).IdentityAsync(default);
        identity.ShouldBe(new(new("https://shop.example"), "L'Atelier", "Etc/GMT-2", "EUR", false, new(2026, 11, 21, 21, 23, 56, TimeSpan.Zero), "11.0.1"));
        shop.Requests[0].Head.ShouldNotContain("Authorization");
        shop.Requests[1].Head.ShouldContain(s_basic);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_unless_this_shop_allows_it()
    {
        await using var shop = new ScriptedShop((_, _) => Json("[]"), _certificate);
        var strict = _factory.WooCommerce(new(shop.Url, Key, Secret, AllowPrivateAddress: true));
        (await Should.ThrowAsync<ShopException>(() => strict.NotesAsync(s_order, default))).Fault.ShouldBe(ShopFault.Unreachable);
        shop.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_private_shop_is_refused_unless_it_is_allowed() =>
        Should.Throw<FormatException>(() => _factory.WooCommerce(new(new("https://127.0.0.1/"), Key, Secret))).Message.ShouldStartWith("url:");

    public void Dispose()
    {
        _factory.Dispose();
        _certificate.Dispose();
    }

    private WooCommerceShop Shop(ScriptedShop shop, ShopAuth? auth = null) =>
        _factory.WooCommerce(new(shop.Url, Key, Secret, AllowPrivateAddress: true, AllowInvalidCertificate: true, auth));

    private static Dictionary<string, string> Query(Heard heard) => heard.Target.Split('?')[1].Split('&')
        .Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));

    private static bool Signed(ScriptedShop shop, Heard heard)
    {
        var query = Query(heard);
        query.Remove("oauth_signature", out var signature);
        return signature == OAuth1.Signature(new(heard.Method), new(shop.Url, heard.Target.Split('?')[0]), query, Secret);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=shop.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
