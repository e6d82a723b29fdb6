using System.Net;
using System.Threading.RateLimiting;
using Relance.Api;

namespace Relance.Portal;

/// <summary>Counts links that open nothing, per address. A right link is never refused for a neighbour's guesses: a client who cannot refuse loses a right.</summary>
internal sealed class PortalGuard : IDisposable
{
    /// <summary>Wrong links per address and minute.</summary>
    public const int PerMinute = 20;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new() { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Counts one; true when there were too many.</summary>
    public bool IsTooMany(IPAddress? address)
    {
        using var lease = _limiter.AttemptAcquire(WrongKeys.Partition(address));
        return !lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}
