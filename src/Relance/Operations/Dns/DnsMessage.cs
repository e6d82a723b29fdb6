using System.Buffers.Binary;
using System.Text;

namespace Relance.Operations.Dns;

/// <summary>Kinds of records that a sender's domain publishes (RFC 1035 §3.2.2).</summary>
internal enum DnsType
{
    A = 1,
    Cname = 5,
    Mx = 15,
    Txt = 16,
}

/// <summary>One record of an answer.</summary>
/// <param name="Name">Whose it is, without the final dot.</param>
/// <param name="Text">A text whole, the target of an alias, or the host that takes mail; empty for anything else.</param>
internal sealed record DnsRecord(string Name, DnsType Type, string Text);

/// <summary>What a server answered.</summary>
/// <param name="Code">RFC 1035 §4.1.1: 0 answered, 2 the server failed, 3 there is no such name, 5 refused.</param>
/// <param name="Truncated">The rest is to be had over TCP only.</param>
internal sealed record DnsAnswer(int Code, bool Truncated, IReadOnlyList<DnsRecord> Records);

/// <summary>Questions and answers as they are on the wire (RFC 1035 §4). Whatever bytes come, reading them ends, and nothing beside them is read.</summary>
internal static class DnsMessage
{
    private const int Header = 12, LongestName = 253, LongestLabel = 63, Internet = 1;

    // EDNS(0), RFC 6891: up to 1232 bytes in one datagram, since a DKIM key has more than 512.
    private static readonly byte[] s_options = [0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0];

    /// <summary>A question, which the server is asked to find the answer to.</summary>
    /// <exception cref="FormatException">The name is none.</exception>
    public static byte[] Question(ushort id, string name, DnsType type)
    {
        if (!IsName(name))
            throw new FormatException($"name: expected labels of 1 to 63 ASCII characters, got '{name}'.");
        List<byte> bytes = [(byte)(id >> 8), (byte)id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1];
        foreach (var label in name.Split('.'))
        {
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(label));
        }

        return [.. bytes, 0, 0, (byte)type, 0, Internet, .. s_options];
    }

    /// <summary>Whether it can be asked for: labels of 1 to 63 ASCII characters, 253 in all.</summary>
    public static bool IsName(string name) => name.Length <= LongestName && Ascii.IsValid(name) && name.Split('.').All(label => label.Length is > 0 and <= LongestLabel);

    /// <summary>Reads an answer; null when it answers another question (late, or forged).</summary>
    /// <exception cref="FormatException">It is broken.</exception>
    public static DnsAnswer? Read(ReadOnlySpan<byte> packet, ushort id, string name, DnsType type)
    {
        if (packet.Length < Header || U16(packet, 0) != id || (packet[2] & 0x80) == 0)
            return null;
        var (questions, answers, at) = (U16(packet, 4), U16(packet, 6), Header);
        var (code, truncated) = (packet[3] & 15, (packet[2] & 2) != 0);
        // A server that cannot even read the question repeats none.
        if (questions == 0)
            return code == 0 ? null : new DnsAnswer(code, truncated, []);
        if (questions != 1 || !NameAt(packet, ref at).Equals(name, StringComparison.OrdinalIgnoreCase) || U16(packet, at) != (int)type)
            return null;
        at += 4;
        var records = new List<DnsRecord>();
        // What was cut off may be cut anywhere: it is asked for again.
        for (var i = 0; i < answers && !truncated; i++)
            records.Add(RecordAt(packet, ref at));
        return new DnsAnswer(code, truncated, records);
    }

    private static DnsRecord RecordAt(ReadOnlySpan<byte> packet, ref int at)
    {
        var owner = NameAt(packet, ref at);
        var (type, length) = ((DnsType)U16(packet, at), U16(packet, at + 8));
        var start = at + 10;
        if (start + length > packet.Length)
            throw new FormatException("a record longer than the answer.");
        at = start + length;
        var text = type switch
        {
            DnsType.Txt => Text(packet.Slice(start, length)),
            DnsType.Cname => NameAt(packet[..at], ref start),
            DnsType.Mx => Exchange(packet[..at], start + 2),
            _ => "",
        };
        return new DnsRecord(owner, type, text);
    }

    private static string Exchange(ReadOnlySpan<byte> packet, int at) => NameAt(packet, ref at);

    // One text may come in pieces of at most 255 bytes; nothing stands between them (RFC 7208 §3.3).
    private static string Text(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder(data.Length);
        for (var at = 0; at < data.Length; at += 1 + data[at])
        {
            if (at + 1 + data[at] > data.Length)
                throw new FormatException("a text longer than its record.");
            text.Append(Encoding.UTF8.GetString(data.Slice(at + 1, data[at])));
        }

        return text.ToString();
    }

    // A pointer must lead backwards, so that no chain of them has an end that is its beginning.
    private static string NameAt(ReadOnlySpan<byte> packet, ref int at)
    {
        var name = new StringBuilder();
        var (end, limit) = (-1, at);
        for (var here = at; ;)
        {
            var length = here < packet.Length ? packet[here] : throw new FormatException("a name that does not end.");
            if (length >= 0xC0)
            {
                var target = U16(packet, here) & 0x3FFF;
                if (target >= limit)
                    throw new FormatException("a name that points forward.");
                (end, here, limit) = (end < 0 ? here + 2 : end, target, target);
                continue;
            }

            if (length > LongestLabel || here + 1 + length > packet.Length || name.Length + length > LongestName)
                throw new FormatException("a name that is too long.");
            if (length == 0)
            {
                at = end < 0 ? here + 1 : end;
                return name.ToString();
            }

            name.Append(name.Length > 0 ? "." : "").Append(Encoding.ASCII.GetString(packet.Slice(here + 1, length)));
            here += 1 + length;
        }
    }

    private static int U16(ReadOnlySpan<byte> packet, int at) =>
        at >= 0 && at + 2 <= packet.Length ? BinaryPrimitives.ReadUInt16BigEndian(packet[at..]) : throw new FormatException("an answer that is cut off.");
}
