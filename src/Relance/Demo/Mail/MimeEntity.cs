using System.Text;
using System.Text.RegularExpressions;

namespace Relance.Demo.Mail;

/// <summary>A header block and a body, each byte one character (Latin-1) until it is decoded.</summary>
internal sealed partial record MimeEntity(IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    public string this[string name] => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    public string Type => this["Content-Type"].Split(';')[0].Trim().ToLowerInvariant();

    public byte[] Bytes => MimeDecoding.Transfer(this["Content-Transfer-Encoding"], Body);

    public string Text => (Charset().Match(this["Content-Type"]) is { Success: true } match ? Encoding.GetEncoding(match.Groups["name"].Value) : Encoding.UTF8).GetString(Bytes);

    public static MimeEntity Read(string raw)
    {
        var end = raw.StartsWith("\r\n", StringComparison.Ordinal) ? 0 : raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 2;
        if (end == 1)
            (raw, end) = (raw + "\r\n\r\n", raw.Length + 2);
        var headers =
            from line in Fold().Replace(raw[..end], " ").Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            let colon = line.IndexOf(':', StringComparison.Ordinal)
            where colon > 0
            select KeyValuePair.Create(line[..colon], line[(colon + 1)..].Trim());
        return new([.. headers], raw[(end + 2)..]);
    }

    public IEnumerable<MimeEntity> Leaves()
    {
        if (!Type.StartsWith("multipart/", StringComparison.Ordinal))
            return [this];
        var delimiter = "\r\n--" + Boundary().Match(this["Content-Type"]).Groups["name"].Value;
        var inside = ("\r\n" + Body).Split(delimiter)[1..].TakeWhile(part => !part.StartsWith("--", StringComparison.Ordinal));
        return inside.SelectMany(part => Read(part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..]).Leaves());
    }

    [GeneratedRegex(@"\r\n[ \t]+", RegexOptions.None, 1000)]
    private static partial Regex Fold();

    [GeneratedRegex(@"charset=""?(?<name>[\w-]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Charset();

    [GeneratedRegex(@"boundary=""?(?<name>[^"";]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Boundary();
}
