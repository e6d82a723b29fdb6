using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Relance.Demo.Shop;
using Relance.Tests.Cli;
using Answer = Relance.Tests.Cli.Answer;

namespace Relance.Tests.Operations.Backup;

public sealed class Backup_on_the_command_line : IAsyncLifetime
{
    private readonly RelanceProcess _relance = new();
    private readonly RelanceProcess _elsewhere = new();
    private FakeShop _shop = null!;

    private string File => Path.Combine(_relance.Folder, "relance.backup");

    public async Task InitializeAsync()
    {
        _shop = await FakeShop.StartAsync();
        foreach (var relance in new[] { _relance, _elsewhere })
            relance.Environment["Relance__Backup__Passphrase"] = RestoreWorld.Passphrase;
        await DoneAsync(_relance, _shop.Options.Secret, "shop", "add", "--url", _shop.Url.ToString(), "--key", _shop.Options.Key, "--allow-private-address", "--test");
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task Save_verify_restore_confirm()
    {
        (await DoneAsync(_relance, null, "backup", File)).Output.ShouldContain("encrypted");
        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(_relance.Folder, "*.part").ShouldBeEmpty();
        JsonNode.Parse((await DoneAsync(_elsewhere, null, "backup", "verify", File, "--json")).Output)!["manifest"]!["keys"]!.GetValue<int>().ShouldBe(1);

        (await DoneAsync(_elsewhere, null, "restore", File)).Output.ShouldContain("restore confirm");
        var held = await _elsewhere.RunAsync(null, "doctor", "--json");
        held.Code.ShouldBe(1);
        held.Output.ShouldContain("Restored from a backup");
        (await DoneAsync(_elsewhere, null, "restore", "confirm")).Output.ShouldContain("works again");
        (await DoneAsync(_elsewhere, null, "shop", "sync", await ShopAsync(_elsewhere))).Output.ShouldContain("Read ");
        (await _elsewhere.RunAsync(null, "doctor", "--json")).Output.ShouldNotContain("Restored from a backup");
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_said_and_changes_nothing()
    {
        await RefusedAsync(_relance, "is not there", "backup", "verify", File);
        await DoneAsync(_relance, null, "backup", File);
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        await RefusedAsync(_relance, "exists", "backup", File);
        (await System.IO.File.ReadAllBytesAsync(File)).ShouldBe(bytes);
        await RefusedAsync(_relance, "without a shop", "restore", File);
        await RefusedAsync(_elsewhere, "none waits", "restore", "confirm");
        var phrase = Path.Combine(_relance.Folder, "phrase");
        await System.IO.File.WriteAllTextAsync(phrase, "une autre phrase secrète\n");
        await RefusedAsync(_elsewhere, "passphrase", "restore", File, "--passphrase-file", phrase);
        _relance.Environment.Remove("Relance__Backup__Passphrase");
        await RefusedAsync(_relance, "--plain-keys", "backup", File + "2");
        await DoneAsync(_relance, null, "backup", File + "2", "--plain-keys");
        await RefusedAsync(_relance, "is not there", "backup", "verify", File + "3");
    }

    public async Task DisposeAsync()
    {
        await _shop.DisposeAsync();
        _relance.Dispose();
        _elsewhere.Dispose();
    }

    private static async Task<string> ShopAsync(RelanceProcess relance) => JsonNode.Parse((await DoneAsync(relance, null, "shop", "list", "--json")).Output)![0]!["id"]!.ToString();

    private static async Task<Answer> DoneAsync(RelanceProcess relance, string? input, params string[] arguments)
    {
        var answer = await relance.RunAsync(input, arguments);
        answer.Code.ShouldBe(0, answer.Error);
        return answer;
    }

    private static async Task RefusedAsync(RelanceProcess relance, string says, params string[] arguments)
    {
        var answer = await relance.RunAsync(null, arguments);
        answer.Code.ShouldBe(2, answer.Error);
        answer.Output.ShouldBeEmpty();
        answer.Error.ShouldContain(says);
    }
}
