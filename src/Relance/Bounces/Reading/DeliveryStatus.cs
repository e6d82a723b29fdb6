using System.Text.RegularExpressions;
using Relance.Channels.Email.Reading;

namespace Relance.Bounces.Reading;

/// <summary>Delivery status notifications (RFC 3464), also with their fields in one block or a blank line too many.</summary>
internal static partial class DeliveryStatus
{
    /// <summary>The report in a mail; null when it has none.</summary>
    public static InboundReport? Read(IReadOnlyList<MimeEntity> parts)
    {
        var recipients = parts.Where(IsStatus).SelectMany(part => Groups(part.Text)).Select(Recipient).OfType<RecipientReport>().ToList();
        return recipients.Count == 0 ? null : new InboundReport(recipients.Min(recipient => recipient.Kind), recipients);
    }

    // RFC 6533 names the second one.
    private static bool IsStatus(MimeEntity part) => part.Type is "message/delivery-status" or "message/global-delivery-status";

    private static IEnumerable<MimeEntity> Groups(string text) =>
        BlankLines().Split(text.ReplaceLineEndings("\n")).Select(group => MimeEntity.Read(group.Trim('\n').Replace("\n", "\r\n", StringComparison.Ordinal)));

    private static RecipientReport? Recipient(MimeEntity fields)
    {
        var kind = Kind(fields["Action"], fields["Status"]);
        if (kind is null || (fields["Final-Recipient"].Length == 0 && fields["Original-Recipient"].Length == 0))
            return null;
        var diagnostic = Value(fields["Diagnostic-Code"]);
        var code = StatusCode.In(fields["Status"]);
        // « 5.0.0 » says nothing that the server's own words may not say better.
        var status = StatusCode.IsGeneric(code) ? StatusCode.In(diagnostic) ?? code : code;
        return new RecipientReport([.. new[] { Value(fields["Original-Recipient"]), Value(fields["Final-Recipient"]) }.Select(Address).Where(a => a.Length > 0).Distinct()], kind.Value, status, Line(diagnostic));
    }

    private static InboundKind? Kind(string action, string status) => action.Trim().Split(' ', ';', '(')[0].ToLowerInvariant() switch
    {
        "failed" or "failure" => InboundKind.Bounce,
        "delayed" => InboundKind.Delayed,
        "delivered" or "relayed" or "expanded" => InboundKind.Delivered,
        // Action is required, and some leave it out.
        "" => StatusCode.In(status) is not { } code ? null : code[0] switch { '5' => InboundKind.Bounce, '4' => InboundKind.Delayed, _ => InboundKind.Delivered },
        _ => null,
    };

    /// <summary>« rfc822; zoe@client.example » without its type.</summary>
    private static string Value(string field) => field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();

    private static string Address(string value) => value.Trim('<', '>', ' ').ToLowerInvariant();

    internal static string Line(string text) => Spaces().Replace(text, " ").Trim() is { Length: > 500 } longer ? longer[..500] : Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"\n[ \t]*\n", RegexOptions.None, 1000)]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
