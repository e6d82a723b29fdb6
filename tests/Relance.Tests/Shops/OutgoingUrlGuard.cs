using System.Net;
using Relance.Shops;

namespace Relance.Tests.Shops;

public sealed class OutgoingUrlGuard
{
    [Theory]
    [InlineData("https://shop.example/")]
    [InlineData("http://shop.example:8080/boutique")]
    [InlineData("https://93.184.216.34/")]
    [InlineData("https://[2606:2800:220:1:248:1893:25c8:1946]/")]
    [InlineData("https://boutique-été.example/")]
    public void A_public_address_is_accepted(string url) => OutgoingUrls.CheckShop("url", url, allowPrivate: false).AbsoluteUri.ShouldEndWith("/");

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST./")]
    [InlineData("http://shop.localhost/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://172.31.0.1/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fc00::1]/")]
    [InlineData("http://[ff02::1]/")]
    [InlineData("http://[2001:db8::1]/")]
    public void A_private_address_is_refused_unless_it_is_allowed(string url)
    {
        Should.Throw<FormatException>(() => OutgoingUrls.Check("url", url, allowPrivate: false)).Message.ShouldStartWith("url:");
        OutgoingUrls.Check("url", url, allowPrivate: true).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("ftp://shop.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://shop.example/")]
    [InlineData("shop.example")]
    [InlineData("/wp-json")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("https://user:hunter2@shop.example/")]
    [InlineData("https://shop.example@evil.example/")]
    public void What_is_no_plain_web_address_is_refused_always(string? url) =>
        Should.Throw<FormatException>(() => OutgoingUrls.Check("--url", url, allowPrivate: true)).Message.ShouldNotContain("hunter2");

    [Theory]
    [InlineData("https://shop.example/?rest_route=/")]
    [InlineData("https://shop.example/#top")]
    public void The_address_of_a_shop_has_no_query(string url) =>
        Should.Throw<FormatException>(() => OutgoingUrls.CheckShop("url", url, allowPrivate: false)).Message.ShouldContain("home address");

    [Theory]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.0", false)]
    [InlineData("172.32.0.0", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("100.127.255.255", false)]
    [InlineData("100.128.0.0", true)]
    [InlineData("198.17.255.255", true)]
    [InlineData("198.19.255.255", false)]
    [InlineData("223.255.255.255", true)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("2001:200::1", true)]
    [InlineData("2001:1ff::1", false)]
    [InlineData("4000::1", false)]
    public void The_borders_of_the_special_ranges_are_exact(string address, bool isPublic) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Fact]
    public async Task A_public_name_that_leads_inside_is_refused_when_it_is_connected_to()
    {
        // The handler sees only the name: that it resolves to loopback is found out when it connects.
        using var client = new HttpClient(OutgoingHandler.Create(allowPrivateAddress: false, allowInvalidCertificate: false));
        var failure = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://localhost:9/")));
        failure.InnerException.ShouldBeOfType<PrivateAddressException>();
    }
}
