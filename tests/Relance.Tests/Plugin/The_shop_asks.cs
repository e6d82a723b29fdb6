using System.Text.Json.Nodes;
using Relance.Demo.Shop;
using Relance.Operations;
using Relance.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Plugin;

/// <summary>What staff ask for in the shop's administration: signed, of now, and once.</summary>
public abstract class The_shop_asks(Dialect dialect) : PluginTests(dialect)
{
    [Fact]
    public async Task How_the_link_is()
    {
        await BuyAsync(Day0, quantity: 2);
        await DeliverAsync();
        var (status, state) = await World.Shop.AskAsync(World.Url, "state");
        (status, state!["mode"]!.ToString(), state["test"]!.GetValue<bool>(), state["contracts"]!["active"]!.GetValue<long>()).ShouldBe((200, "live", true, 2L));
        state["last_sync_at"]!.ToString().ShouldStartWith("2026-03-02T08:00:00");
        state["last_webhook_at"].ShouldNotBeNull();
        state["errors"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task For_a_pause_and_its_end_and_gets_the_status()
    {
        await BuyAsync(Day0);
        await World.Jobs.RoundAsync(CancellationToken.None);
        var (status, paused) = await World.Shop.AskAsync(World.Url, "pause", Pause(1));
        (status, paused!["paused_until"]!.ToString(), paused["pause_reason"]!.ToString()).ShouldBe((200, "2026-04-01", "Travaux en cours"));
        paused["rev"]!.GetValue<long>().ShouldBeGreaterThan(World.Shop.StatusOf(1)!["rev"]!.GetValue<long>());
        (await World.ListAsync("SELECT who FROM pause")).ShouldBe(["plugin:127.0.0.1"]);
        await World.Jobs.RoundAsync(CancellationToken.None);
        World.Shop.StatusOf(1)!["paused_until"]!.ToString().ShouldBe("2026-04-01", "a pause by whoever is shown");
        (status, var resumed) = await World.Shop.AskAsync(World.Url, "resume", o => o["contract"] = 1);
        (status, resumed!["paused_until"]).ShouldBe((200, null));
        (await World.Shop.AskAsync(World.Url, "resume", o => o["contract"] = 1)).Status.ShouldBe(200);
        (await World.ListAsync("SELECT id FROM pause")).ShouldBeEmpty();
    }

    [Fact]
    public async Task For_many_at_once_where_one_bad_one_stops_no_other()
    {
        await BuyAsync(Day0, quantity: 2);
        var (status, answer) = await World.Shop.AskAsync(World.Url, "bulk", o => (o["do"], o["contracts"], o["until"], o["reason"]) = ("pause", new JsonArray(1, 99, 2), "2026-04-01", "Congés"));
        status.ShouldBe(200);
        answer!["results"]!.AsArray().Select(r => (r!["contract"]!.GetValue<long>(), r["ok"]!.GetValue<bool>())).ShouldBe([(1L, true), (99L, false), (2L, true)]);
        (await World.ValueAsync<long>("SELECT COUNT(*) FROM pause")).ShouldBe(2);
    }

    [Theory]
    [InlineData("action", "\"dance\"")]
    [InlineData("contract", "\"1\"")]
    [InlineData("contract", "99")]
    [InlineData("until", "\"demain\"")]
    [InlineData("until", "\"2026-03-01\"")]
    [InlineData("reason", "\"\"")]
    [InlineData("reason", "7")]
    public async Task And_what_cannot_be_is_refused_naming_the_field(string field, string value)
    {
        await BuyAsync(Day0);
        var (status, answer) = await World.Shop.AskAsync(World.Url, "pause", o =>
        {
            Pause(1)(o);
            o[field] = JsonNode.Parse(value);
        });
        status.ShouldBe(422);
        answer!["errors"]![field].ShouldNotBeNull();
        (await World.ListAsync("SELECT id FROM pause")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_with_the_secret_near_the_instant_and_once()
    {
        await BuyAsync(Day0);
        var now = Clocks.RealTime.Real.ToUnixTimeSeconds();
        (await World.Shop.AskAsync(World.Url, "state", secret: "another")).Status.ShouldBe(401);
        (await World.Shop.AskAsync(World.Url, "state", o => o["at"] = now - 301)).Status.ShouldBe(401);
        (await World.Shop.AskAsync(World.Url, "state", o => o["at"] = now + 310)).Status.ShouldBe(401);
        (await World.Shop.AskAsync(World.Url, "state", o => o["at"] = long.MinValue)).Status.ShouldBe(401);
        (await World.Shop.AskAsync(World.Url, "state", o => o.Remove("at"))).Status.ShouldBe(401);
        (await World.Shop.AskAsync(World.Url, "state", o => o["nonce"] = "short")).Status.ShouldBe(401);
        (await World.Shop.AskAsync(World.Url, "state", o => o["nonce"] = "the-same-nonce-twice")).Status.ShouldBe(200);
        (await World.Shop.AskAsync(World.Url, "state", o => o["nonce"] = "the-same-nonce-twice")).Status.ShouldBe(401);
        (await FakeShop.PostSignedAsync(new Uri(World.Url, "plugin/0199c0a7d0f27c3e8a4b5d6e7f809112"), [], "secret")).Status.ShouldBe(401);
        using var http = new HttpClient();
        (await http.GetAsync(new Uri(World.Url, $"plugin/{ShopId}"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Unlinked_it_gets_nothing_more_and_a_person_knows()
    {
        await BuyAsync(Day0);
        var end = (await ContractAsync()).State.TermEnd;
        await World.GoAndPullAsync(end.AddDays(-31), 8);
        await World.Jobs.PlanAsync(CancellationToken.None);
        (await World.Shop.AskAsync(World.Url, "unlink")).Status.ShouldBe(204);
        await World.PlayAsync(end.AddDays(-31));
        World.Catcher.Mails.ShouldBeEmpty();
        (await ShopAsync()).Mode.ShouldBe("dry");
        (await World.TasksAsync()).ShouldContain("unlinked");
    }

    private static Action<JsonObject> Pause(long contract) => o => (o["contract"], o["until"], o["reason"]) = (contract, "2026-04-01", "Travaux en cours");
}

public sealed class The_shop_asks_on_SQLite() : The_shop_asks(Dialect.Sqlite);

public sealed class The_shop_asks_on_PostgreSQL() : The_shop_asks(Dialect.Postgres);
