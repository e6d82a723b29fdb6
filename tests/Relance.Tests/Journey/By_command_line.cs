using System.Globalization;
using System.Text.Json;
using Relance.Demo.Mail;
using Relance.Demo.Shop;

namespace Relance.Tests.Journey;

/// <summary>What a new user tries, by the command line alone: each step is a process of its own, in real time, with a shop that is no test shop.</summary>
public sealed class By_command_line : IAsyncLifetime
{
    private readonly SmtpCatcher _mail = new(TimeProvider.System);
    private readonly JourneyTerminal _here = new();
    private readonly JourneyTerminal _elsewhere = new();
    private FakeShop _shop = null!;
    private DateOnly _today;

    public async Task InitializeAsync()
    {
        _today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime);
        _shop = await FakeShop.StartAsync(new() { MailsPaidOrders = false, HasSubscriptions = false });
        MaintenanceShop.Seed(_shop, _today);
        foreach (var terminal in new[] { _here, _elsewhere })
            terminal.Configure(_mail.Port);
    }

    public async Task DisposeAsync()
    {
        _here.Dispose();
        _elsewhere.Dispose();
        await _shop.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task Sets_up_links_imports_reads_the_list_goes_live_approves_pauses_marks_paid_and_restores()
    {
        (await _here.DoneAsync("account", "add", "camille@agence.example", "--name", "Camille Roux")).GetProperty("url").GetString().ShouldNotBeNull().ShouldContain("/setup/");
        var id = await LinkAsync();
        await ImportAsync(id);
        await GoLiveAsync(id);
        using (_here.Serve())
        {
            await ApproveAsync();
            await PauseAsync();
            await MarkPaidAsync();
        }
        await RestoreAsync();
    }

    private async Task<string> LinkAsync()
    {
        var wrong = await _here.RunAsync("cs_0000000000000000000000000000000000000000", "shop", "add", "--url", _shop.Url.ToString(), "--key", _shop.Options.Key, "--allow-private-address");
        (wrong.Code, (await _here.DoneAsync("shop", "list")).GetArrayLength()).ShouldBe((1, 0));
        var added = await _here.RunAsync(_shop.Options.Secret, "shop", "add", "--url", _shop.Url.ToString(), "--key", _shop.Options.Key, "--allow-private-address");
        added.Code.ShouldBe(0, added.Error);
        var shop = (await _here.DoneAsync("shop", "list"))[0];
        shop.GetProperty("mode").GetString().ShouldBe("dry-run");
        var id = shop.GetProperty("id").GetString()!;
        await _here.DoneAsync("shop", "sync", id);
        (await _here.ContractsAsync()).Values.Select(c => c.Standing).ShouldBe(["active", "renewal-due", "renewal-due"], ignoreOrder: true);
        return id;
    }

    private async Task ImportAsync(string id)
    {
        await File.WriteAllBytesAsync(Path.Combine(_here.Folder, "contrats.csv"), MaintenanceShop.Csv(_today));
        var dry = await _here.RunAsync(null, "import", "contrats.csv", "--shop", id, "--dry-run", "--json");
        var report = JsonDocument.Parse(dry.Output).RootElement;
        (dry.Code, report.GetProperty("made").GetInt32(), report.GetProperty("written").GetBoolean()).ShouldBe((1, 1, false));
        (report.GetProperty("faults")[0].GetProperty("line").GetInt32(), report.GetProperty("faults")[0].GetProperty("column").GetString()).ShouldBe((3, "email"));
        (await _here.ContractsAsync()).Count.ShouldBe(3);
        (await _here.RunAsync(null, "import", "contrats.csv", "--shop", id)).Output.ShouldContain("1 made");
        (await _here.ContractsAsync()).Count.ShouldBe(4);
    }

    private async Task GoLiveAsync(string id)
    {
        var blocked = await _here.RunAsync(null, "shop", "mode", id, "live", "--json");
        (blocked.Code, blocked.Output.Contains("identity: siren", StringComparison.Ordinal)).ShouldBe((1, true));
        var identity = await _here.DoneAsync("shop", "identity", id, "--trade-name", "Atelier Lumen", "--legal-form", "SARL", "--siren", "732829320", "--address", "12 rue des Tanneurs, 44000 Nantes",
            "--phone", "02 40 00 00 00", "--email", "bonjour@atelier.example", "--iban", "FR7630006000011234567890189", "--mediator", "CM2C, 49 rue de Ponthieu, 75008 Paris");
        identity.GetProperty("missing").GetArrayLength().ShouldBe(0, identity.ToString());

        var list = await _here.DoneAsync("shop", "mode", id, "live");
        list.GetProperty("mayGoLive").GetBoolean().ShouldBeTrue(list.GetProperty("problems").ToString());
        var messages = list.GetProperty("next").GetProperty("days").EnumerateArray().SelectMany(day => day.GetProperty("messages").EnumerateArray()).ToList();
        messages.Select(m => m.GetProperty("address").GetString()).Distinct().ShouldBe([MaintenanceShop.Due, MaintenanceShop.AlsoDue], ignoreOrder: true);
        (await _here.RunAsync(null, "shop", "mode", id, "live", "--yes", "--confirm", "0123456789abcdef")).Error.ShouldContain("fingerprint");
        await _here.DoneAsync("shop", "mode", id, "live", "--yes", "--confirm", list.GetProperty("fingerprint").GetString()!);
        (await _here.DoneAsync("shop", "list"))[0].GetProperty("mode").GetString().ShouldBe("live");
    }

    private async Task ApproveAsync()
    {
        var waiting = await _here.UntilAsync(async () => await _here.DoneAsync("approve", "list") is var list && list.GetArrayLength() == 2 ? list : (JsonElement?)null);
        _mail.Mails.ShouldBeEmpty("nobody has said yes");
        var id = waiting.EnumerateArray().Single(m => m.GetProperty("email").GetString() == MaintenanceShop.Due).GetProperty("messageId").GetString()!;
        var shown = await _here.DoneAsync("approve", "show", id);
        await _here.DoneAsync("approve", id);
        var mail = await _here.UntilAsync(() => Task.FromResult(_mail.Mails.SingleOrDefault()));
        (mail.EnvelopeTo, mail.Subject).ShouldSatisfyAllConditions(
            m => m.Item1.ShouldBe([MaintenanceShop.Due]), m => m.Item2.ShouldBe(shown.GetProperty("subject").GetString()));
        await _here.UntilAsync(() => Task.FromResult(MaintenanceShop.RenewalOf(_shop, MaintenanceShop.Due) is { Standing: "renewal-due" } order ? order.Status : null));
        (await _here.DoneAsync("approve", "list")).GetArrayLength().ShouldBe(1);
    }

    private async Task PauseAsync()
    {
        var contract = (await _here.ContractsAsync())["Hugo Benali"].Id;
        var until = _today.AddDays(10).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var pause = (await _here.DoneAsync("pause", "add", "--contract", contract, "--until", until, "--reason", "Congés")).GetProperty("id").GetString()!;
        (await _here.DoneAsync("approve", "list")).GetArrayLength().ShouldBe(0, "what is planned is withdrawn at once");
        (await _here.DoneAsync("contract", "show", contract)).GetProperty("summary").GetProperty("pausedUntil").GetString().ShouldBe(until);
        await _here.DoneAsync("pause", "remove", pause);
        await _here.UntilAsync(async () => (await _here.DoneAsync("approve", "list")).GetArrayLength() == 1 ? "planned again" : null);
    }

    private async Task MarkPaidAsync()
    {
        var contract = (await _here.ContractsAsync())["Hugo Benali"].Id;
        await _here.DoneAsync("contract", "mark-paid", contract, "--reference", "VIR 42");
        var after = (await _here.DoneAsync("contract", "show", contract)).GetProperty("summary");
        (after.GetProperty("standing").GetString(), after.GetProperty("termEnd").GetString()).ShouldBe(("active", _today.AddDays(31).AddYears(1).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        (await _here.DoneAsync("approve", "list")).GetArrayLength().ShouldBe(0, "there is nothing left to ask of this client");
        await _here.UntilAsync(() => Task.FromResult(MaintenanceShop.StandingOf(_shop, MaintenanceShop.AlsoDue) == "active" ? "told" : null));
        MaintenanceShop.RenewalOf(_shop, MaintenanceShop.AlsoDue).ShouldBeNull("its notice was never approved, so no order was made");
        // No request for money left; a confirmation may.
        _mail.Mails.Count(m => m.EnvelopeTo[0] == MaintenanceShop.AlsoDue).ShouldBeLessThanOrEqualTo(1);
    }

    private async Task RestoreAsync()
    {
        var file = Path.Combine(_here.Folder, "relance.backup");
        await _here.DoneAsync("backup", file);
        await _elsewhere.DoneAsync("restore", file);
        (await _elsewhere.ContractsAsync()).ShouldBe(await _here.ContractsAsync(), ignoreOrder: true);
        (await _elsewhere.DoneAsync("account", "list"))[0].GetProperty("email").GetString().ShouldBe("camille@agence.example");
        await _elsewhere.DoneAsync("restore", "confirm", "--nothing-sent-since");
        (await _elsewhere.DoneAsync("journal", "check"))[0].GetProperty("whole").GetBoolean().ShouldBeTrue();
        (await _elsewhere.RunAsync(null, "restore", file)).Error.ShouldContain("without a shop");
    }
}
