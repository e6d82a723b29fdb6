using System.Globalization;

namespace Relance.Channels.Smtp;

/// <summary>Tells "it took too long" (<see cref="TimeoutException"/>) from "we were told to stop" (cancellation).</summary>
internal static class Limit
{
    public static async Task<T> RunAsync<T>(TimeProvider clock, TimeSpan limit, CancellationToken ct, Func<CancellationToken, Task<T>> work)
    {
        using var timer = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        try
        {
            return await work(both.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested && timer.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"nothing within {limit.TotalSeconds:0.#} s"), e);
        }
    }
}
