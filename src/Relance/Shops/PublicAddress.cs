using System.Net;
using System.Net.Sockets;

namespace Relance.Shops;

/// <summary>Tells addresses of the public Internet from all others, by IANA's special-purpose registries (RFC 6890).</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] s_closedV4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    // Only global unicast is public; inside it: IETF protocols (Teredo among them), documentation, 6to4.
    private static readonly IPNetwork s_globalV6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] s_closedV6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");
    private static readonly IPNetwork s_nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether the address is reachable from anywhere; an address that carries an IPv4 one counts as that one.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return Is(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !Array.Exists(s_closedV4, network => network.Contains(address));
        if (s_nat64.Contains(address))
            return Is(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        return s_globalV6.Contains(address) && !Array.Exists(s_closedV6, network => network.Contains(address));
    }

    private static IPNetwork[] Networks(params string[] networks) => Array.ConvertAll(networks, IPNetwork.Parse);
}
