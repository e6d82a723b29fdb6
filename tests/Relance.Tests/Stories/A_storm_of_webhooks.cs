using System.Globalization;
using Relance.Storage;
using Xunit.Abstractions;

namespace Relance.Tests.Stories;

/// <summary>Webhooks only say where to look: whatever their order and number, they lead to what a pull leads to.</summary>
public class A_storm_of_webhooks(ITestOutputHelper output)
{
    private const string SeedVariable = "RELANCE_STORM_SEED";

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task Ends_in_the_tables_of_a_pull(Dialect dialect)
    {
        var seed = Seed();
        await using var storm = await Storm.StartAsync(dialect, seed);
        storm.Shop.Open(12, due: true);
        await storm.LinkAsync();
        await storm.KnowAsync();
        await BlowAsync(storm, seed);
    }

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task Ends_in_the_tables_of_the_first_pull_ever(Dialect dialect)
    {
        var seed = Seed();
        await using var storm = await Storm.StartAsync(dialect, seed);
        await storm.LinkAsync();
        storm.Shop.Open(8, due: false);
        await BlowAsync(storm, seed);
    }

    private async Task BlowAsync(Storm storm, int seed)
    {
        output.WriteLine($"seed {seed} ({SeedVariable} chooses another)");
        for (var round = 0; round < 30; round++)
            await storm.BlowAsync();
        var (followed, pulled) = await storm.EndAsync();
        output.WriteLine($"{storm.Received} deliveries of {storm.Shop.Happened.Count} events; {pulled.Clients.Count} clients, {pulled.Contracts.Count} contracts, {pulled.Invoices.Count} invoices, {pulled.Cycles.Count} cycles");
        int[] rows = [pulled.Clients.Count, pulled.Contracts.Count, pulled.Invoices.Count, pulled.Cycles.Count];
        rows.ShouldAllBe(count => count >= 16);
        var differences = followed.All.Except(pulled.All).Select(row => $"followed: {row}").Concat(pulled.All.Except(followed.All).Select(row => $"pulled:   {row}"));
        differences.ShouldBeEmpty($"seed {seed}\n{string.Join('\n', storm.Shop.Happened)}");
        followed.All.Count().ShouldBe(pulled.All.Count());
    }

    private static int Seed() =>
        int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var seed) ? seed : 20261211;
}
