using System.Text.RegularExpressions;
using Relance.Channels.Email.Reading;

namespace Relance.Bounces.Reading;

/// <summary>Tells what a mail to a return path is. Any bytes get an answer; nothing here throws on them.</summary>
internal static class ReportReader
{
    /// <summary>Bytes that are looked at: a report is at the front, what follows is the mail it came for.</summary>
    public const int Looked = 512 * 1024;

    /// <summary>Reads it. The order matters: a report says most, an automatic reply's subject least.</summary>
    public static InboundReport Read(ReadOnlySpan<byte> mail)
    {
        try
        {
            return Of(mail);
        }
        catch (RegexMatchTimeoutException)
        {
            // Made to be slow, not to be read: a person looks.
            return InboundReport.Of(InboundKind.Other);
        }
    }

    private static InboundReport Of(ReadOnlySpan<byte> mail)
    {
        var root = MimeEntity.Read(mail.Length > Looked ? mail[..Looked] : mail);
        var parts = root.Leaves().ToList();
        return Complaints.Read(parts)
            ?? DeliveryStatus.Read(parts)
            ?? PlainBounce.Read(root, parts)
            ?? AutomaticReplies.Read(root, parts)
            ?? InboundReport.Of(InboundKind.Other);
    }
}
