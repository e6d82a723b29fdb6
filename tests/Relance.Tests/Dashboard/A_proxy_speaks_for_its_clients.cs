using System.Net;
using Relance.Storage;

namespace Relance.Tests.Dashboard;

/// <summary>127.0.0.1 is the proxy; whoever else sends its headers is not believed.</summary>
public sealed class A_proxy_speaks_for_its_clients() : PagesTests(Dialect.Sqlite, "TrustedProxies:0=127.0.0.1", "TrustedProxies:1=10.1.0.0/16")
{
    // The client itself wrote the first address.
    private const string Forwarded = "198.51.100.9, 192.0.2.7";

    [Fact]
    public async Task Its_client_is_the_last_address_that_no_proxy_of_ours_has()
    {
        using var camille = await SignedInAsync();
        using var client = Behind("127.0.0.1", Forwarded);
        await SignInAsync(client, Email, "un mot de passe raté");
        (await BucketsAsync()).ShouldBe(["address:192.0.2.7"]);
        using var second = Behind("127.0.0.1", "192.0.2.8, 10.1.2.3");
        await SignInAsync(second, Email, "un mot de passe raté");
        (await BucketsAsync()).ShouldBe(["address:192.0.2.7", "address:192.0.2.8"]);
    }

    [Fact]
    public async Task A_stranger_who_says_so_is_counted_as_itself_and_gets_no_secure_cookie()
    {
        using var camille = await SignedInAsync();
        using var stranger = Behind("127.0.0.2", Forwarded);
        await SignInAsync(stranger, Email, "un mot de passe raté");
        (await BucketsAsync()).ShouldBe(["address:127.0.0.2"]);
        var welcome = await SignInAsync(stranger, Email, Password);
        welcome.Location.ShouldBe("/");
        welcome.Cookies.ShouldNotContain(cookie => cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task One_address_that_guessed_too_often_does_not_lock_the_others_out()
    {
        using var camille = await SignedInAsync();
        await Host.Database.WriteAsync(s => s.ExecuteAsync(
            "INSERT INTO sign_in_failure (bucket, failures, last_at) VALUES ('address:192.0.2.7', 20, @Now)", new { Now = Host.Service<Relance.Operations.Clocks>().Real.Millis() }));
        using var guesser = Behind("127.0.0.1", "192.0.2.7");
        (await SignInAsync(guesser, Email, Password)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        using var other = Behind("127.0.0.1", "192.0.2.8");
        (await SignInAsync(other, Email, Password)).Location.ShouldBe("/");
    }

    [Fact]
    public async Task Behind_its_TLS_the_cookies_are_for_https_only()
    {
        using var camille = await SignedInAsync();
        using var client = Behind("127.0.0.1", "192.0.2.7");
        var welcome = await SignInAsync(client, Email, Password);
        welcome.Cookies.Where(cookie => cookie.StartsWith("__Host-relance", StringComparison.Ordinal)).Count().ShouldBe(2);
        welcome.Cookies.ShouldAllBe(cookie => cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
        (await client.GetAsync("/")).Heading.ShouldBe("Aujourd’hui");
    }

    private Visitor Behind(string proxy, string forwarded)
    {
        var visitor = Visit(proxy);
        visitor.Headers["X-Forwarded-For"] = forwarded;
        visitor.Headers["X-Forwarded-Proto"] = "https";
        return visitor;
    }

    private Task<IReadOnlyList<string>> BucketsAsync() => Host.Database.ReadAsync(s => s.QueryAsync<string>("SELECT bucket FROM sign_in_failure WHERE bucket LIKE 'address:%' ORDER BY bucket"));
}
