using Relance.Channels.Email.Reading;

namespace Relance.Bounces.Reading;

/// <summary>Feedback loops in the abuse reporting format (RFC 5965).</summary>
internal static class Complaints
{
    /// <summary>A complaint, or another feedback report; null when it is none.</summary>
    public static InboundReport? Read(IReadOnlyList<MimeEntity> parts)
    {
        if (parts.FirstOrDefault(part => part.Type == "message/feedback-report") is not { } report)
            return null;
        var type = MimeEntity.Read(report.Text.TrimStart().ReplaceLineEndings("\r\n"))["Feedback-Type"].Trim().ToLowerInvariant();
        // « not-spam » and « auth-failure » (RFC 6591) are no complaints; a report without a type is taken for one.
        return InboundReport.Of(type is "not-spam" or "auth-failure" or "dmarc" ? InboundKind.Other : InboundKind.Complaint);
    }
}
