using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relance.Demo.Shop;

/// <summary>Keys as <c>WC_REST_Authentication</c> checks them: Basic or query over HTTPS, else OAuth 1.0a.</summary>
internal sealed class Authentication(ShopOptions options)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<(string Key, string Nonce), bool> _nonces = new();

    /// <summary>Who calls, and whether the call may go on.</summary>
    /// <param name="header">The Authorization header, if PHP got it.</param>
    /// <param name="uri">The address as the shop sees it, without the query.</param>
    internal Access Check(string method, bool https, string? header, Uri uri, Query query)
    {
        if (!uri.AbsolutePath.Contains("/wp-json/wc/", StringComparison.Ordinal) && !uri.AbsolutePath.Contains("/wp-json/wc-", StringComparison.Ordinal))
        {
            return Access.Anonymous;
        }

        var basic = https ? Basic(header) ?? (query.Get("consumer_key"), query.Get("consumer_secret")) : default;
        if (basic.Item1 is { } key && Secret(key) is { } secret)
        {
            return Same(secret, basic.Item2 ?? "") ? Granted(key, method) : Refused("La clé secrète utilisateur est non valide.");
        }

        return query.Has("oauth_consumer_key") ? OAuth(method, uri, query) : Access.Anonymous;
    }

    private Access OAuth(string method, Uri uri, Query query)
    {
        var key = query.Get("oauth_consumer_key")!;
        if (Secret(key) is not { } secret)
        {
            return Refused("La clé utilisateur est non valide.");
        }

        if (!Same(OAuthSignature.Of(method, uri, query, secret), query.Get("oauth_signature") ?? ""))
        {
            return Refused("Signature non valide - La signature fournie ne correspond pas.");
        }

        var now = options.OAuthClock.GetUtcNow().ToUnixTimeSeconds();
        if (!long.TryParse(query.Get("oauth_timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out var then) || Math.Abs(now - then) > Window.TotalSeconds)
        {
            return Refused("Horodatage invalide.");
        }

        return _nonces.TryAdd((key, query.Get("oauth_nonce") ?? ""), true) ? Granted(key, method) : Refused("Nonce invalide - Le nonce a déjà été utilisé.");
    }

    private Access Granted(string key, string method) => key == options.Key ? new(Reads: true, Writes: true)
        : method is "GET" or "HEAD" or "OPTIONS" ? new(Reads: true, Writes: false)
        : new(Reads: true, Writes: false, WpError.Authentication("La clé de l‘API fournie n’a aucun droit en écriture."));

    private string? Secret(string key) => key == options.Key ? options.Secret : key == options.ReadKey ? options.ReadSecret : null;

    private static Access Refused(string message) => Access.Anonymous with { Failure = WpError.Authentication(message) };

    private static (string?, string?)? Basic(string? header)
    {
        if (header?.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var buffer = new byte[header.Length];
        var text = Convert.TryFromBase64String(header[6..].Trim(), buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length) : "";
        var cut = text.Split(':', 2);
        return (cut[0], cut.Length > 1 ? cut[1] : "");
    }

    private static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
