using Relance.Storage;

namespace Relance.Tests.Storage;

public sealed class Ids_keep_their_order
{
    [Fact]
    public void Many_made_at_once_sort_as_they_were_made()
    {
        var ids = Enumerable.Range(0, 20_000).Select(_ => Values.NewId()).ToList();
        ids.ShouldBe(ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        ids.ShouldAllBe(id => id.Length == 32 && id[12] == '7' && "89ab".Contains(id[16]));
        Math.Abs((Guid.ParseExact(ids[^1], "N").ToByteArray(bigEndian: true)[..6].Aggregate(0L, (ms, b) => (ms << 8) | b) - TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds())).ShouldBeLessThan(60_000);
    }

    [Fact]
    public async Task None_is_made_twice_by_many_hands()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 5_000).Select(_ => Values.NewId()).ToList())));
        ids.SelectMany(all => all).Distinct(StringComparer.Ordinal).Count().ShouldBe(40_000);
    }
}
