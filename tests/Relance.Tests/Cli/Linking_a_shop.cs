using System.Text.Json.Nodes;
using Relance.Demo.Shop;

namespace Relance.Tests.Cli;

public sealed class Linking_a_shop : IDisposable
{
    private readonly RelanceProcess _relance = new();

    private Task<Answer> AddAsync(FakeShop shop, string? input, params string[] more) => _relance.RunAsync(input,
        ["shop", "add", "--url", shop.Url.ToString(), "--key", shop.Options.Key, "--allow-private-address", .. more]);

    [Fact]
    public async Task A_shop_is_linked_with_its_secret_on_standard_input_and_listed_without_it()
    {
        await using var shop = await FakeShop.StartAsync();
        var added = await AddAsync(shop, shop.Options.Secret + "\n", "--test", "--mode", "live");
        added.Error.ShouldContain(shop.Options.Name);
        added.Code.ShouldBe(0);
        var id = JsonNode.Parse(added.Output)!["id"]!.GetValue<string>();

        var list = await _relance.RunAsync(null, "shop", "list", "--json");
        var listed = JsonNode.Parse(list.Output)!.AsArray().ShouldHaveSingleItem()!;
        listed["id"]!.GetValue<string>().ShouldBe(id);
        listed["mode"]!.GetValue<string>().ShouldBe("live");
        list.Output.ShouldNotContain("cs_");
        (await _relance.RunAsync(null, "shop", "list")).Output.ShouldContain(id);

        (await _relance.RunAsync(null, "shop", "mode", id, "dry-run", "--json")).Output.ShouldContain("dry-run");
        (await _relance.RunAsync(null, "shop", "check", id)).Code.ShouldBe(0);

        JsonNode.Parse((await _relance.RunAsync(null, "shop", "sync", id, "--json")).Output)!["id"]!.GetValue<string>().ShouldBe(id);
        (await _relance.RunAsync(null, "shop", "sync", "nobody")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task The_secret_may_come_from_a_file()
    {
        await using var shop = await FakeShop.StartAsync();
        var file = Path.Combine(_relance.Folder, "secret.txt");
        (await AddAsync(shop, null, "--secret-file", file)).Error.ShouldContain("--secret-file");
        await File.WriteAllTextAsync(file, shop.Options.Secret);
        (await AddAsync(shop, null, "--secret-file", file)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task What_cannot_be_linked_is_refused_with_2_and_the_name_of_the_field()
    {
        await using var shop = await FakeShop.StartAsync();
        var noSecret = await AddAsync(shop, "");
        noSecret.ShouldSatisfyAllConditions(() => noSecret.Code.ShouldBe(2), () => noSecret.Error.ShouldContain("secret"));
        var live = await AddAsync(shop, shop.Options.Secret, "--mode", "live");
        live.ShouldSatisfyAllConditions(() => live.Code.ShouldBe(2), () => live.Error.ShouldContain("mode"), () => live.Output.ShouldBeEmpty());
        (await _relance.RunAsync(null, "shop", "mode", "nobody", "live")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_shop_that_refuses_the_key_ends_with_1_and_shows_no_secret()
    {
        await using var shop = await FakeShop.StartAsync();
        var answer = await AddAsync(shop, "cs_0000000000000000000000000000000000000000");
        answer.Code.ShouldBe(1);
        answer.Error.ShouldNotContain("cs_0000");
        answer.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--clock", "2026-12-01T09:30:00")]
    [InlineData("--clock", "tomorrow")]
    [InlineData("--clock", "2026-12-01T09:30:00Z", "--speed", "0")]
    [InlineData("--speed", "10")]
    public async Task A_clock_needs_an_offset_and_a_speed_needs_a_clock(params string[] arguments) =>
        (await _relance.RunAsync(null, ["shop", "list", .. arguments])).Code.ShouldBe(2);

    [Fact]
    public async Task With_a_moved_clock_the_baseline_is_the_day_it_shows()
    {
        await using var shop = await FakeShop.StartAsync();
        await AddAsync(shop, shop.Options.Secret, "--test", "--clock", "2031-03-04T09:30:00+01:00");
        (await _relance.RunAsync(null, "shop", "list", "--json")).Output.ShouldContain("2031-03-04");
    }

    public void Dispose() => _relance.Dispose();
}
