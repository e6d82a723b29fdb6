using Microsoft.Extensions.Logging.Abstractions;
using Relance.Shops.WooCommerce;

namespace Relance.Shops;

/// <summary>Makes shops. One per process: the connections of all shops with the same permissions are pooled together.</summary>
internal sealed class ShopFactory(TimeProvider? clock = null, ILoggerFactory? logs = null, ShopLimits? limits = null) : IDisposable
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ILogger _log = (logs ?? NullLoggerFactory.Instance).CreateLogger<WooCommerceShop>();
    private readonly ShopLimits _limits = limits ?? new();
    private readonly System.Collections.Concurrent.ConcurrentDictionary<(bool, bool), Lazy<HttpClient>> _clients = new();

    /// <summary>A WooCommerce shop. Cheap: make one per use or keep it; it remembers what it learnt about the shop.</summary>
    /// <param name="link">Address and keys. <see cref="ShopLink.Auth"/> is what <see cref="WooCommerceShop.Auth"/> said last time.</param>
    /// <exception cref="FormatException">The address is not one we may call.</exception>
    public WooCommerceShop WooCommerce(ShopLink link)
    {
        var url = OutgoingUrls.CheckShop("url", link.Url.OriginalString, link.AllowPrivateAddress);
        return new(new RestClient(Client(link), link with { Url = url }, _limits, _clock, _log), url, _log);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in _clients.Values.Where(client => client.IsValueCreated))
            client.Value.Dispose();
    }

    private HttpClient Client(ShopLink link) => _clients.GetOrAdd(
        (link.AllowPrivateAddress, link.AllowInvalidCertificate),
        key => new(() => new(OutgoingHandler.Create(key.Item1, key.Item2))
        {
            Timeout = Timeout.InfiniteTimeSpan, // RestPipeline limits tries and calls
            MaxResponseContentBufferSize = _limits.AnswerBytes,
        })).Value;
}
