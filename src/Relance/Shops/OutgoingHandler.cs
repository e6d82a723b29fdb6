using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Relance.Shops;

/// <summary>Makes the connections of outgoing calls. The address is checked when it is connected to, after name resolution, so that a
/// name that resolves elsewhere the second time (DNS rebinding) gains nothing.</summary>
internal static class OutgoingHandler
{
    private static readonly TimeSpan s_connectLimit = TimeSpan.FromSeconds(10);

    /// <summary>A handler without redirects, cookies or proxy: each would take a call to a host that nobody checked.</summary>
    public static SocketsHttpHandler Create(bool allowPrivateAddress, bool allowInvalidCertificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            ConnectCallback = (context, ct) => ConnectAsync(context.DnsEndPoint, allowPrivateAddress, ct),
        };
        if (allowInvalidCertificate)
            handler.SslOptions.RemoteCertificateValidationCallback = AcceptAny;
        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowPrivate, CancellationToken ct)
    {
        var resolved = await Dns.GetHostAddressesAsync(target.Host, target.AddressFamily, ct);
        var allowed = allowPrivate ? resolved : Array.FindAll(resolved, PublicAddress.Is);
        if (allowed.Length == 0)
            throw new PrivateAddressException($"{target.Host} leads to an address that is not on the public Internet.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(s_connectLimit);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

#pragma warning disable MA0039, CA5359 // The agency asked for it, for this one shop: a staging site with a self-signed certificate.
    private static bool AcceptAny(object sender, object? certificate, object? chain, SslPolicyErrors errors) => true;
#pragma warning restore MA0039, CA5359
}

/// <summary>A call was refused because its host resolves into a private network.</summary>
internal sealed class PrivateAddressException(string message) : Exception(message);
