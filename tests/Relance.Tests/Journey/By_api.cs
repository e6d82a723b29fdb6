using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Relance.Api;
using Relance.Demo;
using Relance.Storage;
using Relance.Tests.Api;
using Relance.Tests.Storage;

namespace Relance.Tests.Journey;

/// <summary>What a new user tries, by the API alone, from one database to the other.</summary>
public abstract class By_api(Dialect dialect) : IAsyncLifetime
{
    // A Tuesday, with the first two clients' notices due on it.
    private static readonly DateOnly s_due = new(2026, 12, 15);
    private readonly List<IAsyncDisposable> _open = [];
    private DemoWorld _world = null!;
    private ApiClient _api = null!;
    private string _shop = "";

    public async Task InitializeAsync()
    {
        (_world, _api) = await OpenAsync(dialect);
        MaintenanceShop.Seed(_world.Shop, s_due);
    }

    public async Task DisposeAsync()
    {
        foreach (var open in Enumerable.Reverse(_open))
            await open.DisposeAsync();
    }

    [Fact]
    public async Task Sets_up_links_imports_reads_the_list_goes_live_approves_pauses_marks_paid_and_restores()
    {
        (await _api.GetAsync("key")).Being(200)["scope"].ShouldBe("admin");
        await LinkAsync();
        await ImportAsync();
        await GoLiveAsync();
        await ApproveAsync();
        await PauseAsync();
        await MarkPaidAsync();
        await RestoreAsync();
    }

    private async Task LinkAsync()
    {
        var order = new { url = _world.Shop.Url, key = _world.Shop.Options.Key, secret = _world.Shop.Options.Secret, allowPrivateAddress = true, test = true };
        (await _api.PostAsync("shops", new { order.url, order.key, secret = "cs_0000000000000000000000000000000000000000", order.allowPrivateAddress })).Being(502);
        Items((await _api.GetAsync("shops")).Being(200)).ShouldBeEmpty();
        var linked = (await _api.PostAsync("shops", order, "link-1")).Being(201);
        (await _api.PostAsync("shops", order, "link-1")).Being(201)["id"].ShouldBe(linked["id"]);
        (_shop, linked["mode"]).ShouldBe(("", "dry-run"));
        _shop = linked["id"];
        (await _api.PostAsync($"shops/{_shop}/sync")).Being(200)["read"].ShouldBe("3");
    }

    private async Task ImportAsync()
    {
        var csv = System.Text.Encoding.UTF8.GetString(MaintenanceShop.Csv(s_due));
        var dry = (await _api.PostTextAsync($"shops/{_shop}/import?dryRun=true", csv, "text/csv")).Being(200).Json;
        (dry.GetProperty("made").GetInt32(), dry.GetProperty("written").GetBoolean(), dry.GetProperty("faults")[0].GetProperty("column").GetString()).ShouldBe((1, false, "email"));
        Items(await _api.GetAsync("contracts")).Count.ShouldBe(3);
        (await _api.PostTextAsync($"shops/{_shop}/import", csv, "text/csv")).Being(200)["made"].ShouldBe("1");
        (await _api.PostTextAsync($"shops/{_shop}/import", csv, "text/csv")).Being(200)["made"].ShouldBe("0");
        Items(await _api.GetAsync("contracts")).Count.ShouldBe(4);
    }

    private async Task GoLiveAsync()
    {
        var list = (await _api.GetAsync($"shops/{_shop}/going-live")).Being(200);
        list.Json.GetProperty("problems").GetArrayLength().ShouldBe(0, list.Text);
        list.Json.GetProperty("next").GetProperty("days").EnumerateArray().SelectMany(day => day.GetProperty("messages").EnumerateArray())
            .Select(m => m.GetProperty("address").GetString()).Distinct().ShouldBe([MaintenanceShop.Due, MaintenanceShop.AlsoDue], ignoreOrder: true);
        (await _api.PutAsync($"shops/{_shop}/mode", new { mode = "live", fingerprint = "0123456789abcdef" })).BeingProblem(409, "conflict", "fingerprint");
        (await _api.PutAsync($"shops/{_shop}/mode", new { mode = "live", fingerprint = list["fingerprint"] })).Being(200)["mode"].ShouldBe("live");
    }

    private async Task ApproveAsync()
    {
        await PlayAsync(s_due.AddDays(-1), s_due);
        _world.Catcher.Mails.ShouldBeEmpty("nobody has said yes");
        var waiting = Items(await _api.GetAsync($"approvals?shop={_shop}"));
        waiting.Select(a => a.GetProperty("email").GetString()).ShouldBe([MaintenanceShop.Due, MaintenanceShop.AlsoDue], ignoreOrder: true);
        foreach (var id in waiting.Select(a => a.GetProperty("messageId").GetString()))
        {
            var shown = (await _api.GetAsync($"approvals/{id}")).Being(200).Json;
            var mail = shown.GetProperty("mail");
            mail.GetProperty("to").GetString().ShouldBe(shown.GetProperty("message").GetProperty("summary").GetProperty("email").GetString());
            mail.GetProperty("html").GetString().ShouldNotBeNull().ShouldContain("CMD-");
            (await _api.PostAsync($"approvals/{id}/approve")).Being(200)["approvedBy"].ShouldBe("key:camille");
        }
        (await _api.GetAsync("approvals/nothing")).BeingProblem(404, "not-found", "message");
        await PlayAsync(s_due.AddDays(1), s_due.AddDays(1));
        _world.Catcher.Mails.SelectMany(m => m.EnvelopeTo).ShouldBe([MaintenanceShop.Due, MaintenanceShop.AlsoDue], ignoreOrder: true);
        MaintenanceShop.RenewalOf(_world.Shop, MaintenanceShop.Due).ShouldBe(("pending", "renewal-due"));
    }

    private async Task PauseAsync()
    {
        var contract = await ContractAsync(MaintenanceShop.Due);
        var until = s_due.AddDays(26);
        var pause = (await _api.PostAsync("pauses", new { scope = "contract", scopeId = contract, until, reason = "Congés" }, "pause-1")).Being(201)["id"];
        // Its reminder falls on J-7, which the other client gets.
        await PlayAsync(s_due.AddDays(2), s_due.AddDays(24));
        To(MaintenanceShop.Due).ShouldBe(1);
        To(MaintenanceShop.AlsoDue).ShouldBe(2);
        (await _api.DeleteAsync($"pauses/{pause}")).Being(204);
        await PlayAsync(s_due.AddDays(25), s_due.AddDays(27));
        To(MaintenanceShop.Due).ShouldBe(2, "still true, so it goes now");
    }

    private async Task MarkPaidAsync()
    {
        var contract = await ContractAsync(MaintenanceShop.Due);
        var paid = (await _api.PostAsync($"contracts/{contract}/mark-paid", new { on = s_due.AddDays(27), reference = "VIR 42" }, "paid-1")).Being(200).Json.GetProperty("summary");
        paid.GetProperty("standing").GetString().ShouldBe("active");
        await PlayAsync(s_due.AddDays(28), s_due.AddDays(34));
        MaintenanceShop.RenewalOf(_world.Shop, MaintenanceShop.Due).ShouldBe(("completed", "active"));
        To(MaintenanceShop.Due).ShouldBe(3, "the last one is the thanks");
        To(MaintenanceShop.AlsoDue).ShouldBe(4, "notice, attention, last day, lapsed: this one was never paid");
    }

    private async Task RestoreAsync()
    {
        var backup = (await _api.GetAsync("backup")).Being(200);
        backup.Headers["Content-Type"].ShouldBe("application/zip");
        var (other, empty) = await OpenAsync(dialect == Dialect.Sqlite ? Dialect.Postgres : Dialect.Sqlite);
        using var file = new ByteArrayContent(backup.Bytes);
        file.Headers.ContentType = new("application/zip");
        var report = (await empty.SendAsync(HttpMethod.Post, "restore", file)).Being(200);
        report.Json.GetProperty("shops").GetArrayLength().ShouldBe(1);
        (await empty.GetAsync("contracts")).BeingProblem(401, "no-key");

        // The keys are those of the backup, and the service that runs serves what was restored.
        using var restored = new ApiClient(other.Url, _key, IPAddress.Loopback);
        (await restored.GetAsync("today")).Being(200).Json.GetProperty("silentShops")[0].GetProperty("because").GetString().ShouldBe("restored");
        (await restored.GetAsync("contracts")).Being(200).Text.ShouldBe((await _api.GetAsync("contracts")).Text);
        (await restored.GetAsync($"shops/{_shop}/export")).Text.ShouldBe((await _api.GetAsync($"shops/{_shop}/export")).Text);
        (await restored.GetAsync($"shops/{_shop}/journal/check")).Being(200)["whole"].ShouldBe("True");
        (await restored.PostAsync("restore/confirm", new { nothingSentSince = true }, "confirm-1")).Being(200);
        (await restored.PostAsync($"shops/{_shop}/sync")).Being(200);
        (await restored.SendAsync(HttpMethod.Post, "restore", new ByteArrayContent(backup.Bytes) { Headers = { ContentType = new("application/zip") } })).BeingProblem(409, "conflict", "backup");
    }

    private string _key = "";

    private async Task<(DemoWorld World, ApiClient Api)> OpenAsync(Dialect on)
    {
        var storage = await TestDatabase.EmptyAsync(on);
        _open.Add(storage);
        var start = new DateTimeOffset(s_due.AddDays(-2).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(1));
        var world = await DemoWorld.StartAsync(start, [$"Database={storage.ConnectionString}", "Approvals:0=maintenance.notice", "Backup:Passphrase=une phrase assez longue"], default);
        _open.Add(world);
        var key = (await world.App.Services.GetRequiredService<AccessKeys>().MakeAsync("camille", KeyScope.Admin)).Secret;
        _key = _key.Length == 0 ? key : _key;
        var api = new ApiClient(world.Url, key, IPAddress.Loopback);
        _open.Add(new Closing(api));
        return (world, api);
    }

    private async Task PlayAsync(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            foreach (var window in _world.Playback.Of(day))
                await _world.PlayAsync(window, default);
        }
    }

    private async Task<string> ContractAsync(string email) => Items(await _api.GetAsync($"contracts?search={email}")).ShouldHaveSingleItem().GetProperty("id").GetString()!;

    private int To(string email) => _world.Catcher.Mails.Count(m => m.EnvelopeTo.Contains(email));

    private static List<JsonElement> Items(ApiAnswer answer) => [.. answer.Being(200).Json.GetProperty("items").EnumerateArray()];

    private sealed class Closing(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

public sealed class By_api_from_SQLite_to_PostgreSQL() : By_api(Dialect.Sqlite);

public sealed class By_api_from_PostgreSQL_to_SQLite() : By_api(Dialect.Postgres);
