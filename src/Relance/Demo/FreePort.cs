using System.Net;
using System.Net.Sockets;

namespace Relance.Demo;

/// <summary>Ports on loopback that nobody listens on, each given out once.</summary>
internal static class FreePort
{
    // Below those that a system hands out by itself (Linux: from 32768): no connection takes one between this look and its use.
    private const int First = 20_000, Count = 12_000;

    private static int s_taken = Random.Shared.Next(Count);

    /// <summary>The next one.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref s_taken) % Count);
            if (IsFree(port))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
