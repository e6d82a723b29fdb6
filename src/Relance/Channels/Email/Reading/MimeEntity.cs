using System.Text;
using System.Text.RegularExpressions;

namespace Relance.Channels.Email.Reading;

/// <summary>A header block and a body, each byte one character (Latin-1) until it is decoded. Any bytes are an entity: nothing here throws on them.</summary>
internal sealed partial record MimeEntity(IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    private const int Deepest = 20, Most = 1000;

    /// <summary>The first header of that name as it stands, or nothing.</summary>
    public string this[string name] => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    public string Type => this["Content-Type"].Split(';')[0].Trim().ToLowerInvariant();

    public byte[] Bytes => MimeDecoding.Transfer(this["Content-Transfer-Encoding"], Body);

    public string Text => (CharsetName().Match(this["Content-Type"]) is { Success: true } match ? MimeDecoding.Charset(match.Groups["name"].Value) : Encoding.UTF8).GetString(Bytes);

    /// <summary>A header as a reader sees it.</summary>
    public string Decoded(string name) => MimeDecoding.Words(this[name]);

    /// <summary>Bytes as a mail system stored them: many end lines with LF alone.</summary>
    public static MimeEntity Read(ReadOnlySpan<byte> bytes) =>
        Read(Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));

    /// <summary>Lines end with CR LF, as they travel.</summary>
    public static MimeEntity Read(string raw)
    {
        var end = raw.StartsWith("\r\n", StringComparison.Ordinal) ? 0 : raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 2;
        if (end == 1)
            (raw, end) = (raw + "\r\n\r\n", raw.Length + 2);
        var headers =
            from line in Fold().Replace(raw[..end], " ").Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            let colon = line.IndexOf(':', StringComparison.Ordinal)
            where colon > 0
            select KeyValuePair.Create(line[..colon].TrimEnd(), line[(colon + 1)..].Trim());
        return new([.. headers], raw[(end + 2)..]);
    }

    /// <summary>The parts that are not multiparts, in their order; a thousand at most.</summary>
    public IEnumerable<MimeEntity> Leaves() => Leaves(0).Take(Most);

    private IEnumerable<MimeEntity> Leaves(int depth)
    {
        if (depth == Deepest || !Type.StartsWith("multipart/", StringComparison.Ordinal) || !Boundary().Match(this["Content-Type"]).Success)
            return [this];
        var delimiter = "\r\n--" + Boundary().Match(this["Content-Type"]).Groups["name"].Value;
        var inside = ("\r\n" + Body).Split(delimiter)[1..].TakeWhile(part => !part.StartsWith("--", StringComparison.Ordinal));
        return inside.SelectMany(part => Read(part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..]).Leaves(depth + 1));
    }

    [GeneratedRegex(@"\r\n[ \t]+", RegexOptions.None, 1000)]
    private static partial Regex Fold();

    [GeneratedRegex(@"charset\s*=\s*""?(?<name>[\w-]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CharsetName();

    [GeneratedRegex(@"boundary\s*=\s*(""(?<name>[^""]+)""|(?<name>[^"";\s]+))", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Boundary();
}
