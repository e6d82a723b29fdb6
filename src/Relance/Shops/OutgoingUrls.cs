namespace Relance.Shops;

/// <summary>Checks each URL a user can set before the service ever calls it (server-side request forgery).</summary>
/// <remarks>Names are checked again on the address they resolve to, at connect time: see <see cref="OutgoingHandler"/>.</remarks>
internal static class OutgoingUrls
{
    /// <summary>Reads an absolute http or https URL without credentials, which does not lead into a private network.</summary>
    /// <param name="field">The setting or option the URL comes from, for the error.</param>
    /// <param name="url">What the user wrote.</param>
    /// <param name="allowPrivate">Private, loopback and other non-public addresses are wanted here (a development shop).</param>
    /// <exception cref="FormatException">Names <paramref name="field"/> and what was expected.</exception>
    public static Uri Check(string field, string? url, bool allowPrivate)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            throw new FormatException($"{field}: expected an address such as https://shop.example, got '{WithoutUserInfo(url)}'.");
        if (uri.UserInfo.Length > 0)
            throw new FormatException($"{field}: a user name or password in the address is not allowed ({uri.Scheme}://…@{uri.Host}).");
        if (!allowPrivate && LeadsInside(uri))
            throw new FormatException($"{field}: {uri.Host} is not on the public Internet; allow private addresses for this shop if it is meant.");
        return uri;
    }

    /// <summary>Reads the address of a shop: as <see cref="Check"/>, without query or fragment, with a closing slash.</summary>
    /// <exception cref="FormatException">Names <paramref name="field"/> and what was expected.</exception>
    public static Uri CheckShop(string field, string? url, bool allowPrivate)
    {
        var uri = Check(field, url, allowPrivate);
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw new FormatException($"{field}: expected the shop's home address without '?' or '#', got '{uri}'.");
        return uri.AbsolutePath.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
    }

    private static bool LeadsInside(Uri uri) =>
        System.Net.IPAddress.TryParse(uri.DnsSafeHost, out var address)
            ? !PublicAddress.Is(address)
            : uri.IdnHost.TrimEnd('.') is var host && (host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal));

    private static string? WithoutUserInfo(string? url) => url?.Split('@')[^1];
}
