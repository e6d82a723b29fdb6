using System.Collections.Concurrent;

namespace Relance.Demo.Shop;

/// <summary>A request the shop received.</summary>
/// <param name="At">Shop time.</param>
/// <param name="Path">Path without the query, so that no key is kept.</param>
/// <param name="Status">Answered status; 0 when the connection was cut.</param>
public sealed record ShopRequest(DateTimeOffset At, string Method, string Path, string Body, int Status)
{
    /// <summary>Whether it was meant to change something.</summary>
    public bool IsWrite => Method is not ("GET" or "HEAD" or "OPTIONS");
}

/// <summary>Every REST request received, in order.</summary>
internal sealed class RequestLog
{
    private readonly ConcurrentQueue<ShopRequest> _all = [];

    internal IReadOnlyList<ShopRequest> All => [.. _all];

    internal void Add(ShopRequest request) => _all.Enqueue(request);

    internal void Clear() => _all.Clear();
}
