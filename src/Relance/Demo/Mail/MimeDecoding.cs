using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Relance.Demo.Mail;

/// <summary>Back from the encodings of RFC 2045 and RFC 2047.</summary>
internal static partial class MimeDecoding
{
    public static byte[] Transfer(string encoding, string body) => encoding.Trim().ToLowerInvariant() switch
    {
        "base64" => Convert.FromBase64String(body),
        "quoted-printable" => Quoted(SoftBreak().Replace(body, "")),
        _ => Encoding.Latin1.GetBytes(body),
    };

    /// <summary>Decodes encoded words; what separates two of them is not part of the text.</summary>
    public static string Words(string header) => Word().Replace(
        BetweenWords().Replace(header, ""),
        match => Encoding.GetEncoding(match.Groups["charset"].Value).GetString(
            match.Groups["kind"].Value is "B" or "b" ? Convert.FromBase64String(match.Groups["text"].Value) : Quoted(match.Groups["text"].Value.Replace('_', ' '))));

    private static byte[] Quoted(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var escaped = text[i] == '=' && i + 2 < text.Length;
            bytes.Add(escaped ? byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : (byte)text[i]);
            i += escaped ? 2 : 0;
        }
        return [.. bytes];
    }

    [GeneratedRegex(@"=[ \t]*\r\n", RegexOptions.None, 1000)]
    private static partial Regex SoftBreak();

    [GeneratedRegex(@"(?<=\?=)\s+(?==\?)", RegexOptions.None, 1000)]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"=\?(?<charset>[\w-]+)\?(?<kind>[BbQq])\?(?<text>[^?]*)\?=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
