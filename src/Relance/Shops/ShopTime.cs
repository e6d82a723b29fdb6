using Relance.Billing;
using Relance.Storage;

namespace Relance.Shops;

/// <summary>Compares a shop's clock with ours, at each of its answers: while they differ by more than an hour its reminders hold, and a task says so.</summary>
/// <remarks>Test shops may live on a moved clock.</remarks>
internal static class ShopTime
{
    // The Date header counts in seconds and answers take some: less is not worth a write.
    private const long LeastChange = 60_000;

    /// <summary>How far the shop's clock is from our business clock, by its last answer; what is known already where it said nothing.</summary>
    public static TimeSpan SkewOf(LinkedShop shop, IShop client, Operations.Clocks clocks) => client.Clock is { } reading
        ? reading.Shop - (clocks.Now - (clocks.Real - reading.At))
        : TimeSpan.FromMilliseconds(shop.ClockSkewMs);

    /// <summary>Whether there is anything to keep.</summary>
    public static bool IsNews(LinkedShop shop, TimeSpan skew)
    {
        var now = shop with { ClockSkewMs = (long)skew.TotalMilliseconds };
        return now.ClockDiffers || shop.ClockDiffers || Math.Abs(now.ClockSkewMs - shop.ClockSkewMs) > LeastChange;
    }

    /// <summary>Keeps what was measured; opens or closes the task.</summary>
    /// <returns>The shop as it is known now.</returns>
    public static async Task<LinkedShop> NoteAsync(BillingContext context, TimeSpan skew)
    {
        var (before, shop) = (context.Shop, context.Shop with { ClockSkewMs = (long)skew.TotalMilliseconds });
        if (Math.Abs(shop.ClockSkewMs - before.ClockSkewMs) > LeastChange)
            await context.Session.ExecuteAsync("UPDATE shop SET clock_skew_ms = @ClockSkewMs WHERE id = @Id", new { shop.Id, shop.ClockSkewMs });
        if (shop.ClockDiffers)
            await TaskStore.OpenAsync(context, "clock-skew", shop.Id, $"The shop's clock and ours differ by {skew.Duration():d\\.hh\\:mm\\:ss}: reminders wait.");
        else if (before.ClockDiffers)
            await AgreeAsync(context);
        return shop;
    }

    // Whatever was put off by a wrong clock is looked at again.
    private static async Task AgreeAsync(BillingContext context)
    {
        await TaskStore.CloseAsync(context, $"clock-skew:{context.Shop.Id}");
        await context.Session.ExecuteAsync(
            "UPDATE cycle SET next_at = @Now, rev = rev + 1 WHERE shop_id = @Id AND state = 'open' AND (next_at IS NULL OR next_at > @Now)", new { Now = context.Now.Millis(), context.Shop.Id });
    }
}
