using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Relance.Agency;
using Relance.Billing;
using Relance.Demo.Shop;
using Relance.Operations;
using Relance.Plugin;
using Relance.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Plugin;

/// <summary>The site that a contract maintains shows the suspension to its administrators, once a person said so; nothing else, ever.</summary>
public abstract class A_maintained_site_asks(Dialect dialect) : PluginTests(dialect)
{
    private (string Id, string Secret) _site;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        World.Shop.Maintain(Product, suspension: "notice");
        await BuyAsync(Day0);
        var code = await World.Service<LinkCodes>().InviteSiteAsync((await ContractAsync()).Id, Actor.CommandLine);
        var (status, body) = await LinkSiteAsync(code.Code);
        status.ShouldBe(201);
        _site = (body["site_id"]!.ToString(), body["secret"]!.ToString());
        (await LinkSiteAsync(code.Code)).Status.ShouldBe(403, "a code links once");
        (await LinkSiteAsync(await CodeAsync())).Status.ShouldBe(403, "a shop's code links no site");
    }

    [Fact]
    public async Task Only_while_suspended_allowed_by_the_clauses_and_by_a_person_and_until_it_is_paid()
    {
        var (contract, actions) = (await ContractAsync(), World.Service<ContractActions>());
        (await AskAsync())["show_notice"]!.GetValue<bool>().ShouldBeFalse();
        (await Should.ThrowAsync<RefusedException>(() => actions.ShowNoticeAsync(contract.Id, Actor.CommandLine, CancellationToken.None))).Message.ShouldContain("suspended");
        await SuspendAsync(contract);
        (await AskAsync())["show_notice"]!.GetValue<bool>().ShouldBeFalse("nobody said so");
        await actions.ShowNoticeAsync(contract.Id, Actor.CommandLine, CancellationToken.None);
        var answer = await AskAsync();
        (answer["show_notice"]!.GetValue<bool>(), answer["since"]!.ToString(), answer["agency"]!["name"]!.ToString()).ShouldBe((true, "2026-03-02", "Agence Démo"));
        await actions.HideNoticeAsync(contract.Id, Actor.CommandLine, CancellationToken.None);
        (await AskAsync())["show_notice"]!.GetValue<bool>().ShouldBeFalse();
        await actions.ShowNoticeAsync(contract.Id, Actor.CommandLine, CancellationToken.None);
        World.Shop.ChangeContract(1, new() { ["suspension"] = "care" });
        await DeliverAsync();
        (await AskAsync())["show_notice"]!.GetValue<bool>().ShouldBeFalse("the clauses forbid it now");
        World.Shop.ChangeContract(1, new() { ["suspension"] = "notice" });
        await DeliverAsync();
        await actions.MarkPaidAsync(contract.Id, Day0, null, Actor.CommandLine, CancellationToken.None);
        (await AskAsync())["show_notice"]!.GetValue<bool>().ShouldBeFalse();
        (await ContractAsync()).State.NoticeShown.ShouldBeNull();
    }

    [Fact]
    public async Task Where_the_clauses_say_care_nobody_can_show_it()
    {
        World.Shop.ChangeContract(1, new() { ["suspension"] = "care" });
        await DeliverAsync();
        await SuspendAsync(await ContractAsync());
        await Should.ThrowAsync<RefusedException>(async () => await World.Service<ContractActions>().ShowNoticeAsync((await ContractAsync()).Id, Actor.CommandLine, CancellationToken.None));
    }

    [Fact]
    public async Task Signed_of_now_and_once()
    {
        (await PostAsync(Question(), "another secret")).Status.ShouldBe(401);
        (await FakeShop.PostSignedAsync(new Uri(World.Url, "sites/0199c0a7d0f27c3e8a4b5d6e7f809112"), Question(), _site.Secret)).Status.ShouldBe(401);
        var old = Question();
        old["at"] = Clocks.RealTime.Real.AddMinutes(-6).ToUnixTimeSeconds();
        (await PostAsync(old, _site.Secret)).Status.ShouldBe(401);
        var once = Question();
        (await PostAsync(once, _site.Secret)).Status.ShouldBe(200);
        (await PostAsync(once, _site.Secret)).Status.ShouldBe(401);
    }

    // As the suspension mail leaves it.
    private Task SuspendAsync(StoredContract contract) => World.Database.WriteAsync(async session =>
    {
        var locked = (await ContractStore.LockAsync(session, contract.Id))!;
        await ContractStore.UpdateAsync(session, locked with { Standing = "suspended", State = locked.State with { SuspendedOn = Day0, TermStart = Day0.AddYears(-1).AddDays(-8), TermEnd = Day0.AddDays(-8) } });
    });

    private async Task<JsonObject> AskAsync()
    {
        var (status, answer) = await PostAsync(Question(), _site.Secret);
        status.ShouldBe(200);
        return answer!;
    }

    private Task<(int Status, JsonObject? Body)> PostAsync(JsonObject question, string secret) => FakeShop.PostSignedAsync(new Uri(World.Url, $"sites/{_site.Id}"), question, secret);

    private static JsonObject Question() => new() { ["at"] = Clocks.RealTime.Real.ToUnixTimeSeconds(), ["nonce"] = Guid.NewGuid().ToString("N") };

    private async Task<(int Status, JsonObject Body)> LinkSiteAsync(string code)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(new Uri(World.Url, "sites/link"), new JsonObject { ["code"] = code, ["url"] = "https://client.example/" });
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>())!);
    }
}

public sealed class A_maintained_site_asks_on_SQLite() : A_maintained_site_asks(Dialect.Sqlite);

public sealed class A_maintained_site_asks_on_PostgreSQL() : A_maintained_site_asks(Dialect.Postgres);
