using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Relance.Channels.Email.Reading;

/// <summary>Back from the encodings of RFC 2045 and RFC 2047. What other programs encoded wrongly is read as far as it goes.</summary>
internal static partial class MimeDecoding
{
    public static byte[] Transfer(string encoding, string body) => encoding.Trim().ToLowerInvariant() switch
    {
        "base64" => Base64(body),
        "quoted-printable" => Quoted(SoftBreak().Replace(body, "")),
        _ => Encoding.Latin1.GetBytes(body),
    };

    /// <summary>Decodes encoded words; what separates two of them is not part of the text.</summary>
    public static string Words(string header) => Word().Replace(
        BetweenWords().Replace(header, ""),
        match => Charset(match.Groups["charset"].Value).GetString(
            match.Groups["kind"].Value is "B" or "b" ? Base64(match.Groups["text"].Value) : Quoted(match.Groups["text"].Value.Replace('_', ' '))));

    /// <summary>The charset of that name; UTF-8 for a name that nobody knows.</summary>
    public static Encoding Charset(string name)
    {
        try
        {
            // Windows-1252 and ISO-8859-15 are not among the built-in ones.
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }

    // Up to the first character that does not belong; a lost end costs the last group only.
    private static byte[] Base64(string text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c == '=')
                break;
            if (char.IsAsciiLetterOrDigit(c) || c is '+' or '/')
                digits.Append(c);
        }
        if (digits.Length % 4 == 1)
            digits.Length--;
        return Convert.FromBase64String(digits.Append('=', (4 - (digits.Length % 4)) % 4).ToString());
    }

    private static byte[] Quoted(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            byte value = 0;
            var escaped = text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
            bytes.Add(escaped ? value : (byte)text[i]);
            i += escaped ? 2 : 0;
        }
        return [.. bytes];
    }

    [GeneratedRegex(@"=[ \t]*\r\n", RegexOptions.None, 1000)]
    private static partial Regex SoftBreak();

    [GeneratedRegex(@"(?<=\?=)\s+(?==\?)", RegexOptions.None, 1000)]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"=\?(?<charset>[\w-]{1,40})(\*[\w-]{0,20})?\?(?<kind>[BbQq])\?(?<text>[^?]*)\?=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
