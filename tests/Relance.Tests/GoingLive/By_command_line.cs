using System.Text.Json.Nodes;
using Relance.Demo.Mail;
using Relance.Demo.Shop;
using Relance.Tests.Cli;

namespace Relance.Tests.GoingLive;

public sealed class By_command_line : IAsyncLifetime
{
    private readonly RelanceProcess _relance = new();
    private readonly SmtpCatcher _mail = new(TimeProvider.System);
    private FakeShop _shop = null!;

    public async Task InitializeAsync()
    {
        _shop = await FakeShop.StartAsync(new() { MailsPaidOrders = false });
        LiveWorld.AddSubscription(_shop);
        _relance.Environment["Relance__Smtp__Host"] = "127.0.0.1";
        _relance.Environment["Relance__Smtp__Port"] = _mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _relance.Environment["Relance__Smtp__Security"] = "none";
        _relance.Environment["Relance__Smtp__From"] = "envoi@atelier.example";
    }

    [Fact]
    public async Task A_real_shop_is_linked_identified_listed_confirmed_and_taken_back()
    {
        var added = await _relance.RunAsync(_shop.Options.Secret, "shop", "add", "--url", _shop.Url.ToString(), "--key", _shop.Options.Key, "--allow-private-address");
        var id = JsonNode.Parse(added.Output)!["id"]!.GetValue<string>();
        (await _relance.RunAsync(null, "shop", "sync", id)).Code.ShouldBe(0);
        var blocked = await _relance.RunAsync("yes\n", "shop", "mode", id, "live");
        blocked.ShouldSatisfyAllConditions(() => blocked.Code.ShouldBe(1), () => blocked.Output.ShouldContain("BLOCKS  identity: siren"), () => blocked.Output.ShouldNotContain("Fingerprint"));

        var set = await _relance.RunAsync(null, "shop", "identity", id, "--trade-name", "Atelier Lumen", "--legal-form", "SARL", "--siren", "732829320", "--address", "12 rue des Tanneurs, 44000 Nantes",
            "--phone", "02 40 00 00 00", "--email", "bonjour@atelier.example", "--iban", "FR7630006000011234567890189", "--json");
        set.Error.ShouldBeEmpty();
        JsonNode.Parse(set.Output)!["missing"]!.AsArray().ShouldBeEmpty();

        var no = await _relance.RunAsync("no\n", "shop", "mode", id, "live");
        no.ShouldSatisfyAllConditions(
            () => no.Code.ShouldBe(0), () => no.Output.ShouldContain("jeanne@client.example"), () => no.Output.ShouldContain("wait for a person's approval"),
            () => no.Error.ShouldContain("Type yes to go live with this list and no other"), () => no.Error.ShouldContain("Nothing was changed"));
        (await _relance.RunAsync(null, "shop", "mode", id, "live", "--yes")).Code.ShouldBe(2);
        var other = await _relance.RunAsync(null, "shop", "mode", id, "live", "--yes", "--confirm", "0123456789abcdef");
        other.ShouldSatisfyAllConditions(() => other.Code.ShouldBe(2), () => other.Error.ShouldContain("fingerprint:"));

        var yes = await _relance.RunAsync("yes\n", "shop", "mode", id, "live");
        yes.Output.ShouldContain("is now in live");
        (await _relance.RunAsync(null, "plan", "--clock", "2031-01-01T09:00:00Z")).Code.ShouldBe(2, "a moved clock is refused as soon as a real shop is live");
        (await _relance.RunAsync(null, "shop", "mode", id, "dry-run")).Output.ShouldContain("is now in dry-run");
    }

    [Fact]
    public async Task The_days_ahead_are_simulated_and_a_contract_explained()
    {
        var added = await _relance.RunAsync(_shop.Options.Secret, "shop", "add", "--url", _shop.Url.ToString(), "--key", _shop.Options.Key, "--allow-private-address");
        var id = JsonNode.Parse(added.Output)!["id"]!.GetValue<string>();
        await _relance.RunAsync(null, "shop", "sync", id);
        var simulated = JsonNode.Parse((await _relance.RunAsync(null, "simulate", "--days", "90", "--client", "lefèvre", "--json")).Output)!;
        simulated["assumes"]!.GetValue<string>().ShouldContain("Nobody pays");
        simulated["totals"]!["messages"]!.GetValue<int>().ShouldBe(7);
        (await _relance.RunAsync(null, "simulate", "--days", "0")).Error.ShouldContain("days: expected");
        JsonNode.Parse((await _relance.RunAsync(null, "simulate", "--client", "personne", "--json")).Output)!["totals"]!["messages"]!.GetValue<int>().ShouldBe(0);

        var reference = simulated["days"]!.AsArray().Select(d => d!["messages"]!.AsArray()).First(m => m.Count > 0)[0]!["steps"]![0]!["reference"]!.GetValue<string>();
        var told = await _relance.RunAsync(null, "plan", "--explain", reference);
        told.ShouldSatisfyAllConditions(
            () => told.Output.ShouldContain("maintenance.attention goes next"), () => told.Output.ShouldContain("no backlog is ever sent"), () => told.Output.ShouldContain("Will go on"));
        (await _relance.RunAsync(null, "plan", "--explain", "CMD-0")).Code.ShouldBe(2);
    }

    public async Task DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _mail.DisposeAsync();
        _relance.Dispose();
    }
}
