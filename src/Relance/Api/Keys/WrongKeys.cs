using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Relance.Api;

/// <summary>Counts wrong keys per address: past the limit an address is refused without a look into the database.</summary>
/// <remarks>
/// A key that worked within the process's life is still looked up: clients behind one address are not locked out by a neighbour.
/// IPv6 counts by /64, which is what one customer gets (RFC 6177).
/// </remarks>
internal sealed class WrongKeys : IDisposable
{
    /// <summary>Wrong keys per address and minute.</summary>
    public const int PerMinute = 20;

    private const int Remembered = 1000;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new() { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) }));

    private readonly ConcurrentDictionary<string, bool> _worked = new();

    /// <summary>Whether this key is to be refused unseen.</summary>
    public bool Refuses(IPAddress? address, string hash)
    {
        using var lease = _limiter.AttemptAcquire(Partition(address), 0);
        return !lease.IsAcquired && !_worked.ContainsKey(hash);
    }

    public void Wrong(IPAddress? address, string hash)
    {
        _worked.TryRemove(hash, out _);
        _limiter.AttemptAcquire(Partition(address)).Dispose();
    }

    public void Worked(string hash)
    {
        if (_worked.Count < Remembered)
            _worked.TryAdd(hash, true);
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>What one customer is counted by.</summary>
    internal static string Partition(IPAddress? address)
    {
        if (address is null or { AddressFamily: AddressFamily.InterNetwork })
            return address?.ToString() ?? "";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))}::/64");
    }
}
