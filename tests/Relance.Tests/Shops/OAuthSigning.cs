using Relance.Shops.WooCommerce;

namespace Relance.Tests.Shops;

public sealed class OAuthSigning
{
    private const string Secret = "cs_569dd810700b9de42ff1a17e4b3d3e986f52cddb";

    [Theory]
    [InlineData("046_auth_oauth1_http.json")]
    [InlineData("048a_auth_oauth1_first_use.json")]
    [InlineData("049_auth_oauth1_old_timestamp.json")]
    public void The_recorded_signature_is_computed_again(string name)
    {
        var target = Recording.Load(name).RequestLine!.Split(' ')[1].Split('?');
        var sent = target[1].Split('&').Select(pair => pair.Split('=')).Select(p => KeyValuePair.Create(p[0], Uri.UnescapeDataString(p[1]))).ToList();
        var own = sent.Where(p => !p.Key.StartsWith("oauth_", StringComparison.Ordinal)).ToList();
        string Of(string key) => sent.Single(p => p.Key == key).Value;

        var signed = OAuth1.Sign(HttpMethod.Get, new("http://127.0.0.1:8780" + target[0]), own, Of("oauth_consumer_key"), Secret,
            Of("oauth_nonce"), DateTimeOffset.FromUnixTimeSeconds(long.Parse(Of("oauth_timestamp"))));

        signed.OrderBy(p => p.Key, StringComparer.Ordinal).ShouldBe(sent.OrderBy(p => p.Key, StringComparer.Ordinal));
    }

    // RFC 5849 §3.4.1.1 asks for RFC 3986 escaping twice over: a space is %2520, an asterisk %252A, a tilde itself.
    [Fact]
    public void Reserved_characters_are_escaped_as_RFC_3986_says()
    {
        KeyValuePair<string, string>[] query = [new("b", "é !*'()~"), new("a", "1"), new("a", "0")];
        var url = new Uri("https://shop.example/wp-json/wc/v3/orders");
        var expected = Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData(
            "secret&"u8, "GET&https%3A%2F%2Fshop.example%2Fwp-json%2Fwc%2Fv3%2Forders&a%3D0%26a%3D1%26b%3D%25C3%25A9%2520%2521%252A%2527%2528%2529~"u8));
        OAuth1.Signature(HttpMethod.Get, url, query, "secret").ShouldBe(expected);
    }
}
