using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Relance.Demo.Mail;
using Relance.Shops;

namespace Relance.Demo;

/// <summary>What a caught mail says: the headings it has and the contracts it names. Read from the mail alone, as its reader would.</summary>
/// <param name="To">The address in the envelope.</param>
/// <param name="Steps">Step ids, from the headings.</param>
/// <param name="References">Contracts, from the text: <c>CMD-17</c>, <c>ABO-4</c>.</param>
internal sealed record ReadMail(string To, string MessageId, DateTimeOffset At, IReadOnlyList<string> Steps, IReadOnlyList<string> References)
{
    /// <summary>Whether it asks for something; confirmations only thank.</summary>
    public bool IsReminder => Steps.Any(step => step is not ("maintenance.renewed" or "maintenance.reactivated" or "tacit.confirmation" or "tacit.declined" or "tacit.received" or "tacit.ended"));
}

/// <summary>Counts mistakes in the mailbox with the shop's paid dates: our own records are not asked.</summary>
internal static partial class MailAudit
{
    private static readonly (string Step, string Heading)[] s_headings =
    [
        ("maintenance.notice", "Votre contrat .+ arrive à échéance le"), ("maintenance.attention", "Échéance de votre contrat"), ("maintenance.last-day", "Votre contrat .+ prend fin"),
        ("maintenance.lapsed", "Votre contrat .+ est arrivé à terme"), ("maintenance.suspension", "Suspension de la maintenance"), ("maintenance.reactivation", "Un audit offert à la reprise"),
        ("maintenance.reactivation-2", "Votre maintenance peut reprendre"), ("maintenance.ended", "Votre contrat .+ est clos"),
        ("tacit.confirmation", "Votre contrat est reconduit"), ("tacit.legal-notice", "Vous pouvez refuser la reconduction"), ("tacit.reminder", "Encore quelques jours pour décider"),
        ("tacit.ended", "Votre contrat est résilié"), ("tacit.declined", "Nous avons bien noté votre décision"), ("tacit.received", "Nous avons bien reçu votre demande"), ("maintenance.before-debit", "Renouvellement automatique de votre contrat"), ("maintenance.reactivated", "Votre maintenance a repris"), ("maintenance.renewed", "votre maintenance est renouvelée"),
    ];

    /// <summary>Reads a mail.</summary>
    public static ReadMail Read(CaughtMail mail)
    {
        var headings = new HtmlParser().ParseDocument(mail.Html).QuerySelectorAll("h1, h2").Select(h => h.TextContent).ToList();
        var steps = s_headings.Where(known => headings.Exists(h => Regex.IsMatch(h, known.Heading, RegexOptions.None, TimeSpan.FromSeconds(1)))).Select(known => known.Step);
        return new(mail.EnvelopeTo[0], mail.MessageId, mail.ReceivedAt, [.. steps], [.. Reference().Matches(mail.Text).Select(m => m.Value).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Mails that repeat a message: the same Message-ID, the same step about the same contract, or a second reminder to one person on one day.</summary>
    public static int Duplicates(IReadOnlyList<ReadMail> mails)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // Not All(): every key of a mail is noted, also behind one that repeats.
        return mails.Count(mail => Keys(mail).Count(key => !seen.Add(key)) > 0);
    }

    /// <summary>Reminders that arrived after the shop had the money for one of the contracts they name.</summary>
    public static int AfterPayment(IReadOnlyList<ReadMail> mails, ILookup<string, DateTimeOffset> paidAt) =>
        mails.Count(mail => mail.IsReminder && mail.References.Any(reference => paidAt[reference].Any(paid => paid <= mail.At)));

    /// <summary>When the shop was paid for the next term, by contract.</summary>
    /// <param name="orders">What the shop says, by REST.</param>
    /// <param name="since">Payments before it opened the contracts.</param>
    public static ILookup<string, DateTimeOffset> PaidAt(IReadOnlyList<DemoClient> clients, IReadOnlyList<ShopOrder> orders, DateTimeOffset since)
    {
        var opened = orders.ToLookup(order => order.Id, order => order.Lines[0].ProductId);
        var payments =
            from order in orders
            where order.Status is "processing" or "completed" && order.PaidAt >= since
            from client in clients
            where client.SubscriptionId is { } id ? order.RenewsSubscription == id
                : order.RenewsSubscription is null && client.CustomerId == order.CustomerId && opened[client.OrderId!.Value].Contains(order.Lines[0].ProductId)
            select (client.Reference, order.PaidAt!.Value);
        return payments.ToLookup(p => p.Reference, p => p.Value);
    }

    private static IEnumerable<string> Keys(ReadMail mail) =>
    [
        mail.MessageId,
        .. mail.References.SelectMany(reference => mail.Steps.Select(step => $"{mail.To} {reference} {step}")),
        .. mail.IsReminder ? [$"{mail.To} {mail.At.ToLocalDate():yyyy-MM-dd}"] : Array.Empty<string>(),
    ];

    private static DateOnly ToLocalDate(this DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(1)).DateTime);

    [GeneratedRegex(@"\b(CMD|ABO)-\d+(-\d+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
