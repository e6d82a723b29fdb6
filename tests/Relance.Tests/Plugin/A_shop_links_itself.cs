using Microsoft.Extensions.DependencyInjection;
using Relance.Agency;
using Relance.Operations;
using Relance.Plugin;
using Relance.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Plugin;

/// <summary>A code links one shop once; what it allows belongs to it.</summary>
public abstract class A_shop_links_itself(Dialect dialect) : PluginTests(dialect)
{
    [Fact]
    public async Task By_a_code_as_a_test_shop_with_its_webhooks_and_its_version()
    {
        var shop = await ShopAsync();
        (shop.Test, shop.AllowPrivate, shop.PluginVersion, shop.Mode).ShouldBe((1L, 1L, "0.5.0", "live"));
        World.Shop.Locked(core => core.Hooks.Webhooks.Values.Count(w => w.Topic.StartsWith("order.", StringComparison.Ordinal))).ShouldBe(4);
        (await World.ListAsync("SELECT kind FROM journal WHERE subject_id = (SELECT id FROM shop) ORDER BY seq")).First().ShouldBe("shop-linked");
        (await World.ValueAsync<long>("SELECT COUNT(*) FROM link_code WHERE spent_at IS NOT NULL")).ShouldBe(1);
    }

    [Fact]
    public async Task Unknown_used_and_expired_codes_are_refused_alike_and_nothing_is_asked_of_the_shop()
    {
        var used = await CodeAsync();
        (await World.Shop.LinkAsync(World.Url, used)).Status.ShouldBe(200, "the same site, linked again");
        var late = await CodeAsync();
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE link_code SET expires_at = @At WHERE spent_at IS NULL", new { At = Clocks.RealTime.Real.AddMinutes(-1).Millis() }));
        World.Shop.ForgetRequests();
        var answers = new List<string>();
        foreach (var code in (string[])["ABCD-EFGH-JKMN", used, late])
        {
            var (status, body) = await World.Shop.LinkAsync(World.Url, code);
            status.ShouldBe(403);
            answers.Add($"{body["title"]} {body["detail"]}");
        }

        answers.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        World.Shop.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_that_fails_leaves_the_code_good()
    {
        var code = await CodeAsync();
        var (status, body) = await World.Shop.LinkAsync(World.Url, code, o => o["consumer_secret"] = "cs_wrong");
        status.ShouldBe(422);
        body["errors"]!["url"].ShouldNotBeNull();
        (await World.Shop.LinkAsync(World.Url, code, o => o["consumer_key"] = "nothing")).Body["errors"]!["key"].ShouldNotBeNull();
        (await World.Shop.LinkAsync(World.Url, code, o => o.Remove("url"))).Body["errors"]!["url"].ShouldNotBeNull();
        (await World.Shop.LinkAsync(World.Url, code)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_plugin_cannot_allow_itself_what_the_code_does_not()
    {
        var code = (await World.Service<LinkCodes>().InviteShopAsync(new LinkLeave(), Actor.CommandLine)).Code;
        var (status, body) = await World.Shop.LinkAsync(World.Url, code, o => (o["test"], o["allow_private"]) = (true, true));
        status.ShouldBe(422);
        body["detail"]!.ToString().ShouldContain("not on the public Internet");
    }

    [Fact]
    public async Task Linked_again_it_keeps_its_id_and_history_and_only_the_new_secret_signs()
    {
        await BuyAsync(Day0);
        var before = await ShopAsync();
        var contract = (await ContractAsync()).Id;
        (await World.Shop.LinkAsync(World.Url, await CodeAsync())).Status.ShouldBe(200);
        var after = await ShopAsync();
        (after.Id, after.Mode, after.CursorAt).ShouldBe((before.Id, before.Mode, before.CursorAt));
        (await ContractAsync()).Id.ShouldBe(contract);
        var secret = World.Services.GetRequiredService<Secrets>().Unprotect(before.WebhookSecret);
        (await World.Shop.AskAsync(World.Url, "state")).Status.ShouldBe(200);
        (await World.Shop.AskAsync(World.Url, "state", secret: secret)).Status.ShouldBe(401);
        World.Shop.Decline(1);
        await DeliverAsync();
        World.Shop.Deliveries.Where(d => d.Topic.StartsWith("relance_", StringComparison.Ordinal)).Last().Status.ShouldBe(200);
        (await ContractAsync()).Standing.ShouldBe("declined");
        (await World.Shop.LinkAsync(World.Url, await CodeAsync(test: false))).Status.ShouldBe(422, "a test shop never becomes a real one");
    }

    [Fact]
    public async Task Many_wrong_codes_from_one_address_are_not_even_looked_at()
    {
        for (var i = 0; i < 20; i++)
            (await World.Shop.LinkAsync(World.Url, "WRNG-CODE-2345")).Status.ShouldBe(403);
        (await World.Shop.LinkAsync(World.Url, await CodeAsync())).Status.ShouldBe(429);
    }

    [Fact]
    public async Task Two_who_show_the_same_code_make_one_link()
    {
        var code = await CodeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => World.Shop.LinkAsync(World.Url, code)));
        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Count(a => a.Status == 403).ShouldBe(3);
        (await World.ValueAsync<long>("SELECT COUNT(*) FROM shop")).ShouldBe(1);
    }

    [Fact]
    public async Task Keys_and_codes_lie_nowhere_in_clear_text()
    {
        var code = await CodeAsync();
        var text = string.Join('\n', (string[])[.. await World.ListAsync("SELECT hash || who FROM link_code"), .. await World.ListAsync("SELECT key_secret || webhook_secret FROM shop"), .. await World.ListAsync("SELECT entry FROM journal")]);
        text.ShouldNotContain(code.Replace("-", "", StringComparison.Ordinal));
        text.ShouldNotContain(World.Shop.Options.Secret);
    }
}

public sealed class A_shop_links_itself_on_SQLite() : A_shop_links_itself(Dialect.Sqlite);

public sealed class A_shop_links_itself_on_PostgreSQL() : A_shop_links_itself(Dialect.Postgres);
