using System.Diagnostics;

namespace Relance.Tests.ThreeProcesses;

/// <summary>Keeps the shop's clock a little ahead of the service's, never behind: what is paid before a mail's date must have been visible when it left.</summary>
internal sealed class ShopPace(ShopProcess shop, ServeProcess serve, double speed)
{
    private const double Frozen = 0.000001;
    private static readonly TimeSpan Lead = TimeSpan.FromHours(2);

    private DateTimeOffset _set;
    private long _setAt;

    /// <summary>Follows the service until its clock reaches an instant, then freezes the shop. On a starved machine the lead grows, but never past that instant.</summary>
    /// <param name="look">Called after every look at the clock.</param>
    public async Task FollowAsync(DateTimeOffset until, Func<Task> look)
    {
        var start = await serve.ClockAsync();
        var (seen, askedBefore) = (start, Stopwatch.GetTimestamp());
        while (seen < until)
        {
            var asked = Stopwatch.GetTimestamp();
            var now = await serve.ClockAsync();
            // The window began after the last question that still got the earlier answer.
            if (now != seen)
                await LeadAsync(now + Lead + (Stopwatch.GetElapsedTime(askedBefore) * speed), until);
            (seen, askedBefore) = (now, asked);
            await look();
            await Task.Delay(10);
        }

        await shop.ControlAsync("clock", new { advanceSeconds = 0, speed = Frozen });
    }

    private async Task LeadAsync(DateTimeOffset instant, DateTimeOffset until)
    {
        if (instant >= until)
        {
            await shop.ControlAsync("clock", new { set = until, speed = Frozen });
            return;
        }

        if (_setAt != 0 && instant <= _set + (Stopwatch.GetElapsedTime(_setAt) * speed))
            return;
        (_set, _setAt) = (instant, Stopwatch.GetTimestamp());
        await shop.ControlAsync("clock", new { set = instant, speed });
    }
}
