using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Relance.Journal;
using Relance.Storage;
using Relance.Templates;

namespace Relance.Evidence;

/// <summary>The dossier's readable index: one page without scripts or anything from elsewhere, made to be printed.</summary>
internal sealed class DossierPage(DossierFacts facts, IReadOnlyList<DossierMessage> messages, IReadOnlyList<DossierLaw> law, IReadOnlyList<ChainEntry> journal, DossierContents contents)
{
    private const string Style = """
        @page{size:A4;margin:18mm 15mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif}}
        body{font:10pt/1.45 "Liberation Sans","DejaVu Sans",Arial,sans-serif;color:#1b2330;max-width:60rem;margin:1rem auto;padding:0 1rem}
        h1{font-size:17pt;margin:0 0 .2rem}h2{font-size:12pt;margin:1.4rem 0 .4rem;border-bottom:1px solid #8a94a3;break-after:avoid}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem .25rem 0;border-bottom:1px solid #d8dde3;overflow-wrap:anywhere}
        th{font-weight:600}thead{display:table-header-group}tr{break-inside:avoid}code{font:8pt "Liberation Mono","DejaVu Sans Mono",monospace;overflow-wrap:anywhere}ul{margin:.2rem 0;padding-left:1.2rem}.soft{color:#4d5866}
        """;

    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(facts.Locale == "fr" ? "fr-FR" : "en-GB");

    public string Html() => $"""
        <!doctype html>
        <html lang="{facts.Locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{Text(Title)}</title><style>{Style}</style></head><body>
        <h1>{Text(Title)}</h1>
        <p class="soft">{Text(Say($"Établi le {Day(facts.On)} par Relance pour {facts.Shop.Name} ({facts.Shop.Url}).", $"Made on {Day(facts.On)} by Relance for {facts.Shop.Name} ({facts.Shop.Url})."))}</p>
        {Section(Say("Le contrat", "The contract"), Contract())}
        {Section(Say("Commandes et factures", "Orders and invoices"), Invoices())}
        {Section(Say("Messages et réponses des serveurs", "Messages and the servers' answers"), Messages())}
        {Section(Say("Ce que dit la loi", "What the law says"), string.Concat(law.Select(Computation)))}
        {Section(Say("Le journal : ce qui concerne ce contrat", "The journal: what concerns this contract"), Journal())}
        {Section(Say("Intégrité", "Integrity"), Integrity())}
        </body></html>
        """ + "\n";

    private string Title => Say($"Dossier de preuve du contrat {facts.Contract.Reference}", $"Evidence of the contract {facts.Contract.Reference}");

    private string Contract()
    {
        var (c, state) = (facts.Contract, facts.Client);
        return Pairs(
            (Say("Référence", "Reference"), c.Reference), (Say("Prestation", "Service"), c.Plan), (Say("Client", "Client"), $"{state.Name} {(state.Email is null ? "" : $"<{state.Email}>")}".Trim()),
            (Say("Nature du client", "Kind of client"), Kind(state.Kind)), (Say("Reconduction", "Renewal"), c.Renewal == "tacit" ? Say("tacite", "tacit") : c.Renewal == "automatic" ? Say("automatique", "automatic") : Say("sur accord exprès", "explicit")),
            (Say("Période en cours", "Running term"), $"{Day(c.TermStart)} – {Day(c.TermEnd)} ({c.TermNo})"), (Say("Préavis", "Notice"), c.Notice), (Say("Prix TTC", "Price incl. VAT"), Money(c.Amount, c.Currency)),
            (Say("Suspendu le", "Suspended on"), Day(c.SuspendedOn)), (Say("Refusé le", "Declined on"), Day(c.DeclinedOn)), (Say("Terminé le", "Ended on"), Day(c.EndedOn)),
            (Say("Boutique", "Shop"), facts.Shop.Mode == "live" && !facts.Shop.Test ? null : Say($"de test ou pas en service réel ({facts.Shop.Mode})", $"a test shop, or not live ({facts.Shop.Mode})")));
    }

    private string Invoices() => Table([Say("N°", "No."), Say("Période", "Term"), Say("Total TTC", "Total incl. VAT"), Say("Payé", "Paid"), Say("Échéance", "Due"), Say("État dans la boutique", "Status in the shop")],
        facts.Invoices.Select(i => new[] { Text(i.Number), Text(i.Term?.ToString(_culture)), Text(Money(i.Total, i.Currency)), Text(Money(i.Paid, i.Currency)), Text(Day(i.DueOn)), Text(i.Status) }));

    private string Messages() => Table([Say("Jour", "Day"), Say("Message", "Message"), Say("État", "State"), Say("Réponse du serveur", "Server's answer"), Say("Fichier", "File")],
        messages.Select(m => new[]
        {
            Text(Day(m.On)), Text(m.Steps), Text(m.Mode == "live" ? m.State : $"{m.State} ({m.Mode})"),
            string.Concat(m.Attempts.Select(a => $"<div>{Text(Instant(a.FinishedAt ?? a.StartedAt))} {Text(a.Outcome)} <code>{Text(a.Answer)}</code></div>")) + (m.BouncedAt is null ? "" : $"<div>{Text(Say("revenu", "came back"))} {Text(Instant(m.BouncedAt))} <code>{Text(m.BounceAnswer)}</code></div>"),
            Link(m.File, m.Hash),
        }));

    private string Computation(DossierLaw made) => $"""
        <h3>{Text(made.Kind)} · {Text(made.About)}</h3>{(made.Missing is null ? "" : $"<p>{Text(made.Missing)}</p>")}
        <p>{Text(string.Join(" · ", made.Articles))}</p><ul>{string.Concat(made.Working.Select(line => $"<li><code>{Text(line)}</code></li>"))}</ul>
        """;

    private string Journal() => Table([Say("N°", "No."), Say("Instant", "Instant"), Say("Quoi", "What"), Say("Faits", "Facts"), Say("Fichier", "File")],
        journal.Select(e => new[]
        {
            e.Seq.ToString(_culture), Text(Instant(Values.Instant(e.At))), Text(e.Kind), string.Join("<br>", FactsOf(e.Entry)), e.ContentHash is null ? "" : Link(contents.FileOf(e.ContentHash), e.ContentHash),
        }));

    private string Integrity() => $"""
        <p>{Text(Say($"Le journal de la boutique compte {facts.Head.Seq} entrées ; {journal.Count} concernent ce contrat et sont en clair, les autres n’y sont que par leur condensé.", $"The shop's journal has {facts.Head.Seq} entries; {journal.Count} concern this contract and are in clear, the others are there by their digest alone."))}</p>
        <p>{Text(Say("Empreinte de la dernière :", "Hash of the last:"))} <code>{facts.Head.Hash}</code></p>
        <ul>{string.Concat(facts.Stamps.Select(s => $"<li>{Text(Say($"Horodatée le {Instant(s.At)} par {s.Authority} jusqu’à l’entrée {s.Seq}", $"Time-stamped on {Instant(s.At)} by {s.Authority} up to entry {s.Seq}"))} <code>{s.Hash}</code></li>"))}</ul>
        <p>{Text(Say("Comment vérifier :", "How to check:"))} <a href="{DossierFormat.Note}">{DossierFormat.Note}</a></p>
        """;

    private static IEnumerable<string> FactsOf(string entry)
    {
        using var facts = JsonDocument.Parse(entry);
        return facts.RootElement.ValueKind == JsonValueKind.Object ? [.. facts.RootElement.EnumerateObject().Select(f => $"{Text(f.Name)}: <code>{Text(f.Value.ToString())}</code>")] : [Text(entry)];
    }

    private string Link(string? file, string? hash) => file is not null ? $"<a href=\"{file}\">{file}</a><br><code>{hash}</code>" : hash is null ? "" : $"{Text(Say("effacé", "erased"))}<br><code>{hash}</code>";

    private string Say(string french, string english) => facts.Locale == "fr" ? Typography.French(french) : english;

    private string? Day(DateOnly? day) => day?.ToString("d MMMM yyyy", _culture);

    private static string? Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private string Money(long minor, string currency) => $"{(minor / 100m).ToString("N2", _culture)} {currency}";

    // LegalWords speak the language of whoever asks; the page has its own.
    private string Kind(string code) => facts.Locale == "en" ? code : code switch
    {
        "consumer" => "consommateur",
        "business" => "professionnel",
        "non-professional" => "non-professionnel",
        "public" => "personne publique",
        _ => "inconnue",
    };

    private static string Text(string? text) => s_encoder.Encode(text ?? "");

    private static string Section(string title, string html) => html.Length == 0 ? "" : $"<h2>{Text(title)}</h2>{html}";

    private static string Pairs(params ReadOnlySpan<(string Name, string? Value)> pairs)
    {
        var rows = new List<string>();
        foreach (var (name, value) in pairs)
            rows.Add(value is null ? "" : $"<tr><th>{Text(name)}</th><td>{Text(value)}</td></tr>");
        return $"<table>{string.Concat(rows)}</table>";
    }

    // Cells are HTML already.
    private static string Table(IReadOnlyList<string> titles, IEnumerable<string[]> rows) =>
        rows.Select(cells => $"<tr>{string.Concat(cells.Select(cell => $"<td>{cell}</td>"))}</tr>").ToList() is { Count: > 0 } lines
            ? $"<table><thead><tr>{string.Concat(titles.Select(title => $"<th>{Text(title)}</th>"))}</tr></thead><tbody>{string.Concat(lines)}</tbody></table>" : "";
}
