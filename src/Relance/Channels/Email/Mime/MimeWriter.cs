using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Relance.Channels.Email.Mime;

/// <summary>
/// A message as RFC 5322 and RFC 2045 write it: <c>alternative(text, related(html, images))</c>, 7-bit throughout so that
/// any server takes it. The same draft always gives the same bytes.
/// </summary>
internal static partial class MimeWriter
{
    /// <summary>Headers and body, ready to travel.</summary>
    /// <exception cref="FormatException">A field cannot be written; the message names it.</exception>
    public static byte[] Write(MessageDraft draft)
    {
        if (draft.To.Count == 0)
            throw new FormatException("To: expected at least one address.");
        // Quoted-printable adds about a third.
        var output = new ArrayBufferWriter<byte>(2048 + ((draft.Html.Length + draft.Text.Length) * 3 / 2));
        Encoding.ASCII.GetBytes(Headers(draft).ToString(), output);
        MimePart.Write(draft, output);
        return output.WrittenSpan.ToArray();
    }

    private static HeaderWriter Headers(MessageDraft draft) => new HeaderWriter()
        .Add("Date", draft.Date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + Offset(draft.Date.Offset))
        .AddMailboxes("From", [draft.From])
        .AddMailboxes("Reply-To", draft.ReplyTo is null ? [] : [draft.ReplyTo])
        .AddMailboxes("To", draft.To)
        .AddMailboxes("Cc", draft.Cc)
        .AddText("Subject", HeaderText.Of("Subject", draft.Subject))
        .Add("Message-ID", $"<{Id("Message-ID", draft.MessageId)}>")
        // RFC 3834: out-of-office robots do not answer it.
        .Add("Auto-Submitted", "auto-generated")
        .Add("Content-Language", LanguageTag().IsMatch(draft.Language) ? draft.Language : throw new FormatException("Content-Language: expected a tag like fr or fr-FR."))
        .Add("MIME-Version", "1.0");

    /// <summary><c>local@domain</c> of RFC 5322 §3.6.4, without the angle brackets.</summary>
    internal static string Id(string field, string id) =>
        id.Length <= 200 && MessageId().IsMatch(id) ? id : throw new FormatException($"{field}: expected an id like 0194…@example.org.");

    private static string Offset(TimeSpan offset) => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);

    /// <summary>Cannot occur in a body: <c>=_</c> is in neither encoding's alphabet.</summary>
    internal static string Boundary(string messageId, string part) =>
        $"=_{part}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 12))}";

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+\z", RegexOptions.None, 1000)]
    private static partial Regex MessageId();

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LanguageTag();
}
