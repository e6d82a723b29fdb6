using System.Text.Json.Nodes;
using Relance.Demo.Mail;
using Relance.Demo.Shop;
using Relance.Tests.Cli;
using Relance.Tests.Servers;

namespace Relance.Tests.Operations;

public sealed class Doctor_says_what_to_mend : IAsyncLifetime
{
    private readonly RelanceProcess _relance = new();
    private readonly SmtpCatcher _mail = new(TimeProvider.System);
    private FakeShop _shop = null!;

    public async Task InitializeAsync()
    {
        _shop = await FakeShop.StartAsync();
        _relance.Environment["Relance__Smtp__Host"] = "127.0.0.1";
        _relance.Environment["Relance__Smtp__Port"] = $"{_mail.Port}";
        _relance.Environment["Relance__Smtp__Security"] = "none";
        _relance.Environment["Relance__Sender__TradeName"] = "Agence Exemple";
        _relance.Environment["Relance__Sender__Email"] = "contact@agence.example";
        _relance.Environment["Relance__Bounces__ReturnPath"] = "retours@agence.example";
        _relance.Environment["Relance__Bounces__InboundSecret"] = "un secret de seize";
        var linked = await _relance.RunAsync(_shop.Options.Secret, "shop", "add", "--url", _shop.Url.ToString(), "--key", _shop.Options.Key, "--allow-private-address", "--test");
        linked.Code.ShouldBe(0, linked.Error);
    }

    [Fact]
    public async Task A_healthy_set_up_ends_with_0()
    {
        var (code, findings) = await ExamineAsync();
        findings.ShouldAllBe(finding => finding.Level == "ok");
        code.ShouldBe(0);
        (await _relance.RunAsync(null, "doctor")).Output.ShouldContain("webhooks deliver to");
    }

    [Fact]
    public async Task A_wrong_key_is_found()
    {
        var options = _shop.Options with { Port = _shop.Url.Port, Key = new ShopOptions().Key };
        await _shop.DisposeAsync();
        _shop = await FakeShop.StartAsync(options);
        (await OnlyFaultAsync()).ShouldSatisfyAllConditions(
            fault => fault.Check.ShouldStartWith("shop "), fault => fault.Mend.ShouldContain("new key with read and write rights"));
    }

    [Fact]
    public async Task A_shop_that_does_not_answer_is_found()
    {
        await _shop.DisposeAsync();
        _shop = await FakeShop.StartAsync(); // elsewhere
        (await OnlyFaultAsync()).Mend.ShouldContain("Check that the site is up");
    }

    [Fact]
    public async Task A_shop_that_takes_the_call_and_stays_silent_costs_ten_seconds_at_most()
    {
        var port = _shop.Url.Port;
        await _shop.DisposeAsync();
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        silent.Start();
        var began = TimeProvider.System.GetTimestamp();
        (await OnlyFaultAsync()).Message.ShouldContain("No answer within 10 seconds");
        TimeProvider.System.GetElapsedTime(began).TotalSeconds.ShouldBeInRange(9, 25);
        silent.Stop();
        _shop = await FakeShop.StartAsync();
    }

    [Fact]
    public async Task A_shop_at_another_address_is_found()
    {
        _shop.Says = new Uri("https://staging.atelier.example/");
        (await OnlyFaultAsync()).Message.ShouldContain("a staging copy, or it moved");
    }

    [Fact]
    public async Task A_webhook_that_delivers_elsewhere_is_found_and_check_mends_it()
    {
        _relance.Environment["Relance__PublicUrl"] = "https://relance.agence.example";
        var fault = await OnlyFaultAsync();
        fault.Message.ShouldContain("order.updated");
        (await _relance.RunAsync(null, "shop", "check", fault.Mend.Split(' ')[^1])).Code.ShouldBe(0);
        (await ExamineAsync()).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_dead_mail_server_is_found()
    {
        _relance.Environment["Relance__Smtp__Port"] = $"{OwnedProcess.FreePort()}";
        (await OnlyFaultAsync()).ShouldSatisfyAllConditions(
            fault => fault.Check.ShouldBe("smtp"), fault => fault.Mend.ShouldContain("Smtp:Port"));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=u;Password=hunter2;Timeout=3")]
    [InlineData("Data Source=/proc/relance.db")]
    public async Task A_broken_database_is_found_and_its_password_not_shown(string database)
    {
        _relance.Environment["Relance__Database"] = database;
        (await OnlyFaultAsync()).Check.ShouldBe("database");
    }

    [Fact]
    public async Task A_wrong_setting_is_found()
    {
        _relance.Environment["Relance__Sender__Siren"] = "1";
        (await OnlyFaultAsync()).Message.ShouldContain("Relance:Sender:Siren");
    }

    [Fact]
    public async Task A_lost_key_ring_is_found()
    {
        Directory.Delete(Path.Combine(_relance.Folder, "data", "keys"), recursive: true);
        (await OnlyFaultAsync()).Message.ShouldContain("key ring");
    }

    public async Task DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _mail.DisposeAsync();
        _relance.Dispose();
    }

    private async Task<Found> OnlyFaultAsync()
    {
        var (code, findings) = await ExamineAsync();
        code.ShouldBe(1);
        return findings.Where(finding => finding.Level == "fault").ShouldHaveSingleItem();
    }

    private async Task<(int Code, IReadOnlyList<Found> Findings)> ExamineAsync()
    {
        var answer = await _relance.RunAsync(null, "doctor", "--json");
        foreach (var secret in (string[])[_shop.Options.Secret, _shop.Options.Key, "hunter2"])
            (answer.Output + answer.Error).ShouldNotContain(secret);
        var findings = JsonNode.Parse(answer.Output)!["findings"]!.AsArray();
        return (answer.Code, [.. findings.Select(f => new Found($"{f!["check"]}", $"{f["level"]}", $"{f["message"]}", $"{f["mend"]}"))]);
    }

    private sealed record Found(string Check, string Level, string Message, string Mend);
}
