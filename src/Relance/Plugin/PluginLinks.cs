using Relance.Shops;

namespace Relance.Plugin;

/// <summary>A shop that wants to be linked, as its plugin asks.</summary>
internal sealed record LinkOrder(string Code, string Url, string Key, string Secret, string PluginVersion)
{
    // The compiler's own ToString would print the keys.
    public override string ToString() => Url;
}

/// <summary>A shop that was linked by its plugin.</summary>
/// <param name="WebhookSecret">Signs what it sends from now on.</param>
/// <param name="IsNew">False: it was linked before, and has new keys.</param>
internal sealed record PluginLink(LinkedShop Shop, string WebhookSecret, bool IsNew);

/// <summary>Links shops by the code that a person gave to their plugin.</summary>
internal sealed class PluginLinks(ShopLinker linker, LinkCodes codes) : IDisposable
{
    // One after the other; what another process is linking is refused (LinkClaim).
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Links a shop, or gives a linked one new keys; the code is spent by a link that is whole.</summary>
    /// <exception cref="CodeRefusedException">The code links nothing.</exception>
    /// <exception cref="LinkRefusedException">Names the field at fault.</exception>
    /// <exception cref="ShopException">The shop did not answer when it was called back.</exception>
    public async Task<PluginLink> LinkAsync(LinkOrder order, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            return await LinkAloneAsync(order, ct);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<PluginLink> LinkAloneAsync(LinkOrder order, CancellationToken ct)
    {
        var code = await codes.FindAsync("shop", order.Code, ct);
        var request = new LinkRequest(order.Url, order.Key, order.Secret, code.AllowPrivate == 1, code.AllowInvalidCertificate == 1, code.Test == 1) { PluginVersion = order.PluginVersion };
        var url = LinkRules.Url(request.Url, request.AllowPrivate);
        var known = (await linker.ListAsync(ct)).FirstOrDefault(shop => LinkRules.SameSite(new(shop.Url), url));
        var shop = known is null
            ? await linker.AddAsync(request, session => codes.SpendAsync(session, code), ct)
            : await linker.RelinkAsync(known, request, code.Who, session => codes.SpendAsync(session, code), ct);
        return new PluginLink(shop, linker.WebhookSecretOf(shop), known is null);
    }
}
