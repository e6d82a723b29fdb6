using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Relance.Demo.Mail;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;
using Relance.Tests.Cli;
using Relance.Tests.Servers;

namespace Relance.Tests.WireMock;

[Collection("stub")]
public sealed class Relance_works_with_the_stub(StubShop stub) : IAsyncLifetime
{
    public Task InitializeAsync() => stub.FreshAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Linked_and_synced_by_command_line_the_plan_shows_what_leaves_tomorrow_whatever_today_is()
    {
        using var relance = new RelanceProcess();
        relance.Environment["Relance__Products__0__Sku"] = "maintenance";
        relance.Environment["Relance__Calendar__BusinessDaysOnly"] = "false";
        var added = await relance.RunAsync("cs_stub\n", "shop", "add", "--url", stub.Url.AbsoluteUri, "--key", "ck_stub", "--test", "--allow-private-address", "--json");
        added.Code.ShouldBe(0, added.Error);
        var id = JsonDocument.Parse(added.Output).RootElement.GetProperty("id").GetString()!;
        (await relance.RunAsync(null, "shop", "sync", id)).Code.ShouldBe(0);

        var tomorrow = Today().AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var plan = await relance.RunAsync(null, "plan", "--date", tomorrow, "--json");
        var steps = JsonDocument.Parse(plan.Output).RootElement.EnumerateArray().ToList();
        steps.Where(step => step.GetProperty("decision").GetString() == "send").Select(step => (step.GetProperty("reference").GetString(), step.GetProperty("step").GetString()))
            .ShouldBe([("CMD-1501", "maintenance.notice"), ("ABO-2601", "maintenance.notice"), ("ABO-2604", "maintenance.attention")], ignoreOrder: true, plan.Output);

        await stub.TroubleAsync("malformed");
        var broken = await relance.RunAsync(null, "shop", "sync", id);
        (broken.Code, broken.Error.Contains("compl", StringComparison.Ordinal)).ShouldBe((1, true), broken.Error);
    }

    [Fact]
    public async Task The_renewal_order_is_made_once_although_the_answer_is_lost_and_its_client_gets_one_mail()
    {
        await using var mail = new SmtpCatcher(TimeProvider.System);
        var folder = Directory.CreateTempSubdirectory("relance-stub-").FullName;
        // Tomorrow at noon: the one day on which the plan of a shop linked today is the same whatever today is.
        var noon = new DateTimeOffset(Today().ToDateTime(new TimeOnly(11, 0)), TimeSpan.Zero);
        var clock = new MovedClock(noon, 1, TimeProvider.System);
        await using (var app = RelanceApp.Build(Settings(folder, mail.Port), new Clocks(clock, TimeProvider.System)))
        {
            var (database, jobs) = (app.Services.GetRequiredService<Database>(), app.Services.GetRequiredService<Jobs>());
            await Migrator.MigrateAsync(database, default);
            await app.Services.GetRequiredService<ShopLinker>().AddAsync(new(stub.Url.AbsoluteUri, "ck_stub", "cs_stub", AllowPrivate: true, Test: true, Mode: "live"));
            await jobs.SyncAsync(default);
            clock.Set(noon.AddDays(1));

            await stub.TroubleAsync("lost");
            await jobs.RoundAsync(default);
            mail.Mails.Select(m => m.EnvelopeTo[0]).ShouldNotContain("client-301@client.example", "its order is not known to be there");
            // The next try is a minute away on the real clock.
            await database.WriteAsync(session => session.ExecuteAsync("UPDATE postback SET retry_at = 0"));
            await jobs.RoundAsync(default);
            await jobs.RoundAsync(default);
        }

        (await stub.AskedAsync("POST", "orders")).Count.ShouldBe(1);
        var sent = mail.Mails.Where(m => m.EnvelopeTo[0] == "client-301@client.example").ShouldHaveSingleItem();
        sent.Text.ShouldContain($"{stub.Url}commander/order-pay/9001/");
        mail.Mails.Select(m => m.EnvelopeTo[0]).ShouldBe(["client-301@client.example", "client-311@client.example", "client-314@client.example"], ignoreOrder: true);
        Directory.Delete(folder, recursive: true);
    }

    private static string[] Settings(string folder, int mailPort)
    {
        var url = $"http://127.0.0.1:{OwnedProcess.FreePort()}";
        return
        [
            $"--Relance:DataFolder={folder}", $"--Relance:Urls={url}", $"--Relance:PublicUrl={url}", "--Relance:Smtp:Host=127.0.0.1", $"--Relance:Smtp:Port={mailPort}", "--Relance:Smtp:Security=none",
            "--Relance:Smtp:From=envoi@atelier.example", "--Relance:Sender:TradeName=Atelier Lumen", "--Relance:Sender:Email=bonjour@atelier.example",
            "--Relance:Products:0:Sku=maintenance", "--Relance:Calendar:Window=00:00-23:59", "--Relance:Calendar:BusinessDaysOnly=false",
        ];
    }

    private static DateOnly Today() =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime);
}
