using System.Text.RegularExpressions;
using Relance.Channels.Email.Reading;

namespace Relance.Bounces.Reading;

/// <summary>
/// Bounces in words only: qmail (QSBMF), Exim, old Sendmail, old Exchange, and providers that write a letter. They have in common who
/// writes them, what they call themselves, and the refusing server's answer beside the address.
/// </summary>
internal static partial class PlainBounce
{
    private const string Failed = "X-Failed-Recipients";

    public static InboundReport? Read(MimeEntity root, IReadOnlyList<MimeEntity> parts)
    {
        var text = HumanText.Of(parts);
        var subject = root.Decoded("Subject");
        if (!IsBounce(root, subject, text))
            return null;
        var words = About(text);
        var addresses = Addresses().Matches(root[Failed].Length > 0 ? root[Failed] : text).Select(match => match.Value.ToLowerInvariant()).Distinct().Take(20).ToList();
        return new InboundReport(Kind(subject, text), [new RecipientReport(addresses, Kind(subject, text), StatusCode.In(words) ?? OfReply(words), DeliveryStatus.Line(words))]);
    }

    private static bool IsBounce(MimeEntity root, string subject, string text) => root[Failed].Length > 0 || Opening().IsMatch(text)
        || (Daemon().IsMatch(root["From"]) && (Titles().IsMatch(subject) || StatusCode.Reply(text) is not null));

    private static InboundKind Kind(string subject, string text) =>
        Waiting().IsMatch(subject) || (Waiting().IsMatch(text) && !GivenUp().IsMatch(text)) ? InboundKind.Delayed : InboundKind.Bounce;

    // What the refusing server said: from the line with its code to the end of the paragraph; without a code, the whole letter.
    private static string About(string text)
    {
        var lines = text.Split('\n');
        var first = Array.FindIndex(lines, line => StatusCode.In(line) is not null || StatusCode.Reply(line.Trim()) is not null);
        return first < 0 ? text : string.Join(' ', lines.Skip(first).TakeWhile(line => line.Trim().Length > 0).Take(8));
    }

    private static string? OfReply(string words) => StatusCode.Reply(words) is { } reply ? $"{reply[0]}.0.0" : null;

    [GeneratedRegex(@"mailer-?daemon|postmaster|mail ?delivery|mdaemon|maildelivery|microsoftexchange|no-?reply@.*bounce", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Daemon();

    [GeneratedRegex(
        @"undeliver|deliver(y|able).{0,30}(fail|status|notif|problem|error)|(fail|error|problem).{0,30}deliver|failure notice|returned (mail|e?-?mail)|mail (system )?(error|failure)|rejected|non[ -](remis|distribu|délivré)|(échec|erreur|problème|avis).{0,40}(remise|distribution|livraison|envoi|non-remise)|n['’]a pas pu être|retour.{0,20}(courrier|mail|message)|could not send|delayed",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Titles();

    [GeneratedRegex(
        @"^\s*(hi\. this is the (qmail|deliver)|this is the mail (delivery|system)|this message was created automatically by mail delivery|your message.{0,80}(did not reach|could not be delivered|was not delivered|wasn'?t delivered|couldn'?t be delivered|n['’]a pas (pu être|été) (remis|distribué|délivré))|delivery (to|has failed|failed)|the following (addresses|address|recipients?|message).{0,60}(fail|error|could not|had)|"
        + @"(bonjour[,.]?\s+)?(votre (message|courrier|mail|e-mail)|le message|ce message|l['’]envoi).{0,160}(n['’]a pas (pu être|été)|ne peut pas être|est impossible|a échoué)|sorry.{0,40}(unable to deliver|couldn'?t))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\bdelay(ed)?\b|warning:? .{0,40}(message|mail)|not (yet )?been delivered yet|still (being )?(retried|trying|retrying)|will (be|keep) (retr|try)|will continue to (try|retry)|no action is required|pas encore (été|pu être) (remis|distribué|délivré)|retardée?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Waiting();

    [GeneratedRegex(@"permanent|given up|giving up|gave up|giv(e|en) up|will not be retried|no further (attempt|delivery)|could not be delivered|\b55\d\b|abandon|définiti", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GivenUp();

    [GeneratedRegex(@"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Addresses();
}
