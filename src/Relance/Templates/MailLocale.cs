using System.Globalization;
using Relance.Domain.Billing;

namespace Relance.Templates;

/// <summary>How one language writes dates, amounts and the few sentences outside of templates: the file <c>locale.txt</c>.</summary>
/// <remarks>No culture of the machine is used: a mail reads the same on every host.</remarks>
internal sealed class MailLocale
{
    private static readonly string[] Keys =
    [
        "months", "date.long", "date.first", "date.short", "number.group", "number.decimal", "money", "money.code", "typography", "singular",
        "subject.test", "subject.redirected", "subject.group", "subject.group-mixed", "title.group", "preheader.group",
        "services", "link.address", "note.sent", "reply.contract", "reply.order", "reply.invoice",
        "reply.paid.subject", "reply.paid.body", "reply.schedule.subject", "reply.schedule.body", "reply.dispute.subject", "reply.dispute.body",
    ];

    private readonly Dictionary<string, string> _text;
    private readonly string[] _months;
    private readonly NumberFormatInfo _numbers;

    private MailLocale(string language, Dictionary<string, string> text)
    {
        (Language, _text, _months) = (language, text, text["months"].Split(", "));
        _numbers = new NumberFormatInfo { NumberGroupSeparator = text["number.group"], NumberDecimalSeparator = text["number.decimal"] };
    }

    public string Language { get; }

    /// <summary>Reads <c>key = value</c> lines.</summary>
    /// <exception cref="TemplateException">A key is missing or unknown, or a sentence has a broken <c>{0}</c>.</exception>
    public static MailLocale Parse(string language, string file)
    {
        var text = new Dictionary<string, string>();
        var faults = new List<string>();
        foreach (var line in file.ReplaceLineEndings("\n").Split('\n').Where(l => l.Contains('=', StringComparison.Ordinal)))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            text[line[..at].Trim()] = Decode(line[(at + 1)..].Trim());
        }

        faults.AddRange(Keys.Where(k => !text.ContainsKey(k)).Select(k => $"{language}/locale.txt: the key '{k}' is missing."));
        faults.AddRange(text.Keys.Except(Keys).Select(k => $"{language}/locale.txt: unknown key '{k}'; allowed: {string.Join(", ", Keys)}."));
        faults.AddRange(text.Where(t => !CanFormat(t.Value)).Select(t => $"{language}/locale.txt: '{t.Key}' may hold {{0}}, {{1}} and {{2}} only."));
        if (text.TryGetValue("months", out var months) && months.Split(", ").Length != 12)
            faults.Add($"{language}/locale.txt: 'months' must list twelve names.");
        if (text.TryGetValue("singular", out var one) && !one.Split(", ").All(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            faults.Add($"{language}/locale.txt: 'singular' must list numbers, such as 0, 1.");
        if (faults.Count > 0)
            throw new TemplateException(faults);
        return new MailLocale(language, text["typography"] == "french" ? text.ToDictionary(t => t.Key, t => Typography.French(t.Value)) : text);
    }

    public string Say(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, _text[key], values);

    /// <summary>A template's text, in this language's typography.</summary>
    public string Typeset(string template) => _text["typography"] == "french" ? Typography.French(template) : template;

    public string DateLong(DateOnly date) => Say(date.Day == 1 ? "date.first" : "date.long", date.Day, _months[date.Month - 1], date.Year);

    public string DateShort(DateOnly date) => Say("date.short", date.Day, date.Month, date.Year);

    /// <summary>« 1 234,50 € », €1,234.50: grouped, with the decimals of the currency.</summary>
    public string Amount(Money money)
    {
        var decimals = new Money(1, money.Currency).Major.Scale;
        var (symbol, key) = money.Currency switch { "EUR" => ("€", "money"), "GBP" => ("£", "money"), var code => (code, "money.code") };
        var sign = money.Minor < 0 ? "-" : "";
        return sign + Say(key, Math.Abs(money.Major).ToString("N" + decimals, _numbers), symbol);
    }

    /// <summary>The singular for the numbers of <c>singular</c>: 0 and 1 in French (« 0 contrat »), 1 in English.</summary>
    public string Plural(int count, string one, string many) =>
        _text["singular"].Split(", ").Contains(Math.Abs(count).ToString(CultureInfo.InvariantCulture)) ? one : many;

    /// <summary>What a maintenance contract covers where it lists nothing of its own.</summary>
    public IReadOnlyList<string> Services => _text["services"].Split(';', StringSplitOptions.TrimEntries);

    private static string Decode(string value) => value
        .Replace("\\n", "\n", StringComparison.Ordinal)
        .Replace("\\u00A0", "\u00A0", StringComparison.Ordinal)
        .Replace("\\u202F", "\u202F", StringComparison.Ordinal);

    private static bool CanFormat(string value)
    {
        try
        {
            _ = string.Format(CultureInfo.InvariantCulture, value, 1, 2, 3);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
