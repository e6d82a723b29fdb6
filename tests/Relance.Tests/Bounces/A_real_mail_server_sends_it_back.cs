using Relance.Storage;
using Relance.Tests.Servers;

namespace Relance.Tests.Bounces;

/// <summary>Postfix accepts a mail, finds that nobody is there, writes its report to the return path, and a pipe posts it to the service.</summary>
public sealed class A_real_mail_server_sends_it_back
{
    [Fact]
    public async Task And_the_address_is_refused_without_anybody_doing_anything()
    {
        using var postfix = await PostfixServer.StartAsync();
        await using var world = await BounceWorld.StartAsync(Dialect.Sqlite, "live", "gone@client.example", [$"Smtp:Port={postfix.Port}", "Bounces:ReturnPath=b-{token}@retours.example"]);
        postfix.HandOver(new Uri(world.Url, "inbound/mail"), BounceWorld.Secret);

        await world.PlayUntilAsync("SELECT id FROM message WHERE state = 'sent'");
        for (var n = 0; n < 400 && (await world.ListAsync("SELECT id FROM inbound_mail WHERE state <> 'new'")).Count == 0; n++)
        {
            await Task.Delay(50);
            // The report may overtake our own result.
            await world.ExecuteAsync("UPDATE inbound_mail SET received_at = 0 WHERE state = 'new'");
            await world.Inbound.RunAsync(default);
        }

        (await world.ListAsync("SELECT state || ' ' || kind || ' ' || outcome || ' ' || status FROM inbound_mail")).ShouldBe(["done bounce hard 5.1.1"], postfix.Log);
        (await world.ListAsync("SELECT recipient FROM inbound_mail")).ShouldHaveSingleItem().ShouldEndWith("@retours.example");
        (await world.RefusedAsync()).ShouldBeTrue();
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice failed address-refused"]);
    }
}
