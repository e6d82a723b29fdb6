namespace Relance.Templates;

/// <summary>Prefilled answers as <c>mailto:</c> links (RFC 6068): already paid, a schedule, a dispute.</summary>
internal sealed class ReplyLinks(MailLocale locale, MailModel model, MailItem item)
{
    public string Paid => Reply("paid");

    public string Schedule => Reply("schedule");

    public string Dispute => Reply("dispute");

    /// <summary>The address alone.</summary>
    public static string To(string address) => "mailto:" + Uri.EscapeDataString(Plain.Text(address)).Replace("%40", "@", StringComparison.Ordinal);

    private string Reply(string kind)
    {
        var subject = locale.Say($"reply.{kind}.subject", Plain.Clip(Subject(), 120));
        var body = locale.Say($"reply.{kind}.body", Subject(), locale.Amount(item.Amount), Plain.Text(model.ClientName));
        // RFC 6068 §5: line breaks in a body are %0D%0A.
        return $"{To(model.Sender.Email)}?subject={Uri.EscapeDataString(subject)}&body={Uri.EscapeDataString(body.Replace("\n", "\r\n", StringComparison.Ordinal))}";
    }

    private string Subject()
    {
        var reference = Plain.Text(item.ContractReference);
        return (item.InvoiceNumber, item.OrderNumber) switch
        {
            ({ Length: > 0 } invoice, _) => locale.Say("reply.invoice", reference, Plain.Text(invoice)),
            (_, { Length: > 0 } order) => locale.Say("reply.order", reference, Plain.Text(order)),
            _ => locale.Say("reply.contract", reference),
        };
    }
}
