using Relance.Demo.Shop;
using Relance.Storage;

namespace Relance.Tests.Api;

/// <summary>The main flows by API alone, on both databases.</summary>
public abstract class The_day_goes_by_api(Dialect dialect) : IAsyncLifetime
{
    private ApiHost _host = null!;
    private FakeShop _shop = null!;
    private ApiClient _api = null!;
    private string _id = "";

    public async Task InitializeAsync()
    {
        _shop = await SeededShop.StartAsync();
        _host = await ApiHost.StartAsync(dialect);
        _api = _host.Client();
        var linked = (await _api.PostAsync("shops", new { url = _shop.Url, key = _shop.Options.Key, secret = _shop.Options.Secret, test = true, allowPrivateAddress = true })).Being(201);
        _id = linked["id"];
        linked.Headers["Location"].ShouldBe($"/api/v1/shops/{_id}");
        (await _api.PostAsync($"shops/{_id}/sync")).Being(200);
    }

    public async Task DisposeAsync()
    {
        _api.Dispose();
        await _host.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task Lists_come_page_by_page_and_the_link_says_where_the_next_one_is()
    {
        var all = (await _api.GetAsync("contracts?limit=200")).Being(200).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()).ToList();
        all.Count.ShouldBeGreaterThan(2);
        var (met, path) = (new List<string?>(), "contracts?limit=1");
        while (path is not null)
        {
            var page = (await _api.GetAsync(path)).Being(200);
            met.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
            path = page.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>')] : null;
            (path is null).ShouldBe(page["next"].Length == 0);
            link?.ShouldEndWith("; rel=\"next\"");
        }
        met.ShouldBe(all);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("after=%21", "after")]
    public async Task A_page_that_cannot_be_is_named(string query, string field) =>
        (await _api.GetAsync($"contracts?{query}")).BeingProblem(422, "invalid", field);

    [Fact]
    public async Task A_contract_is_shown_with_its_amount_and_its_story()
    {
        var id = await FirstContractAsync();
        var contract = (await _api.GetAsync($"contracts/{id}")).Being(200).Json;
        var amount = contract.GetProperty("summary").GetProperty("amount");
        amount.GetProperty("minor").GetInt64().ShouldBeGreaterThan(0);
        (amount.GetProperty("currency").GetString(), amount.GetProperty("text").GetString()!.Contains('.')).ShouldBe(("EUR", true));
        contract.GetProperty("timeline").GetArrayLength().ShouldBeGreaterThan(0);
        (await _api.GetAsync("today")).Being(200).Json.GetProperty("standings").EnumerateObject().ShouldNotBeEmpty();
        (await _api.GetAsync($"journal?shop={_id}")).Being(200).Json.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
        (await _api.GetAsync($"shops/{_id}/journal/check")).Being(200)["whole"].ShouldBe("True");
    }

    [Fact]
    public async Task A_pause_is_made_listed_and_ended()
    {
        var until = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddDays(10).Date);
        var order = new { scope = "contract", scopeId = await FirstContractAsync(), until, reason = "En congé" };
        var made = (await _api.PostAsync("pauses", order, "p-1")).Being(201);
        (await _api.PostAsync("pauses", order, "p-1")).Being(201)["id"].ShouldBe(made["id"]);
        var listed = (await _api.GetAsync($"pauses?shop={_id}")).Being(200).Json.GetProperty("items")[0];
        (listed.GetProperty("reason").GetString(), listed.GetProperty("by").GetString()).ShouldBe(("En congé", "key:test Admin"));
        (await _api.DeleteAsync($"pauses/{made["id"]}")).Being(204);
        (await _api.DeleteAsync($"pauses/{made["id"]}")).BeingProblem(404, "not-found", "pause");
        (await _api.PostAsync("pauses", new { order.scope, order.scopeId, until = "2020-01-01", order.reason })).BeingProblem(422, "invalid", "until");
        (await _api.PostAsync("pauses", new { scope = "everything", until, reason = "x" })).BeingProblem(422, "invalid", "scope")["detail"].ShouldContain("all, shop, client, contract");
    }

    [Fact]
    public async Task A_contract_is_declined_and_the_refusal_taken_back()
    {
        var id = await FirstContractAsync();
        (await _api.PostAsync($"contracts/{id}/decline", new { reason = "" })).BeingProblem(422, "invalid", "reason");
        (await _api.PostAsync($"contracts/{id}/decline", new { reason = "Par téléphone" })).Being(200).Json.GetProperty("summary").GetProperty("standing").GetString().ShouldBe("declined");
        (await _api.PostAsync($"contracts/{id}/reopen")).Being(200).Json.GetProperty("summary").GetProperty("standing").GetString().ShouldNotBe("declined");
        (await _api.PostAsync($"contracts/{id}/flag", new { flag = "dispute", on = true, reason = "Facture contestée" })).Being(200).Json.GetProperty("summary").GetProperty("dispute").GetBoolean().ShouldBeTrue();
        (await _api.PostAsync("contracts/nobody/decline", new { reason = "x" })).Being(404);
    }

    [Fact]
    public async Task The_mode_changes_back_and_forth()
    {
        (await _api.PutAsync($"shops/{_id}/mode", new { mode = "redirect" })).Being(200)["mode"].ShouldBe("redirect");
        (await _api.PutAsync($"shops/{_id}/mode", new { mode = "live" })).BeingProblem(422, "invalid", "fingerprint");
        (await _api.PutAsync($"shops/{_id}/mode", new { mode = "live", fingerprint = "another" })).BeingProblem(409, "conflict", "shop")["detail"].ShouldContain("blocks");
        (await _api.GetAsync($"shops/{_id}/going-live")).Being(200).Json.GetProperty("next").GetProperty("days").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Array);
        (await _api.PutAsync($"shops/{_id}/mode", new { mode = "fast" })).BeingProblem(422, "invalid", "mode");
        (await _api.PutAsync($"shops/{_id}/mode", new { mode = "dry-run" })).Being(200)["mode"].ShouldBe("dry-run");
    }

    [Fact]
    public async Task The_sender_is_set_and_a_wrong_field_is_named()
    {
        (await _api.PutAsync($"shops/{_id}/identity", new { tradeName = "Agence", siren = "123456789", email = "a@agence.example" })).BeingProblem(422, "invalid", "siren");
        var set = (await _api.PutAsync($"shops/{_id}/identity", new { tradeName = "Agence", siren = "732829320", email = "a@agence.example" })).Being(200);
        set.Json.GetProperty("identity").GetProperty("siren").GetString().ShouldBe("732829320");
        (await _api.PutAsync($"shops/{_id}/identity", new { tradename = "Agence" })).BeingProblem(422, "invalid", "tradename");
        (await _api.DeleteAsync($"shops/{_id}/identity")).Being(200)["isOwn"].ShouldBe("False");
        (await _api.GetAsync($"shops/{_id}/identity/logo")).BeingProblem(404, "not-found", "id");
    }

    private async Task<string> FirstContractAsync() =>
        (await _api.GetAsync("contracts?limit=1&standing=active")).Being(200).Json.GetProperty("items")[0].GetProperty("id").GetString()!;
}

public sealed class The_day_goes_by_api_in_SQLite() : The_day_goes_by_api(Dialect.Sqlite);

public sealed class The_day_goes_by_api_in_PostgreSQL() : The_day_goes_by_api(Dialect.Postgres);
