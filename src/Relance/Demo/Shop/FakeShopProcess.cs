namespace Relance.Demo.Shop;

/// <summary>The fake shop as its own process: <c>relance demo-shop</c>.</summary>
public static class FakeShopProcess
{
    /// <summary>Runs until cancelled; prints one JSON line with the address and the keys when it listens.</summary>
    public static async Task<int> RunAsync(ShopOptions options, TextWriter output, CancellationToken ct)
    {
        await using var shop = await FakeShop.StartAsync(options, ct);
        await output.WriteLineAsync(System.Text.Json.JsonSerializer.Serialize(new { url = shop.Url, key = options.Key, secret = options.Secret, readKey = options.ReadKey, readSecret = options.ReadSecret }));
        await output.FlushAsync(ct);
        await shop.RunAsync(ct);
        return 0;
    }
}
