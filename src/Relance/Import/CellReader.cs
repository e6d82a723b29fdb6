using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Relance.Domain.Billing;
using Relance.Domain.Law;
using Relance.Operations;

namespace Relance.Import;

/// <summary>Reads the cells of one row and collects what is wrong with them: a row tells all its faults at once.</summary>
internal sealed partial class CellReader(CsvRow row)
{
    private const int LongestText = 200;

    private static readonly DateOnly s_earliest = new(1990, 1, 1), s_latest = new(2100, 12, 31);

    private static readonly string[] s_dates = ["yyyy-MM-dd", "d/M/yyyy", "d-M-yyyy", "d.M.yyyy"];

    public List<ImportFault> Faults { get; } = [];

    public string? Text(ImportColumn column, int longest = LongestText)
    {
        if (!row.Cells.TryGetValue(column, out var text))
            return null;
        if (text.Length <= longest && !text.Any(char.IsControl))
            return text;
        return Fault<string>(column, $"at most {longest} characters on one line");
    }

    public string? Required(ImportColumn column) => row.Cells.ContainsKey(column) ? Text(column) : Fault<string>(column, "something here");

    public DateOnly? Date(ImportColumn column)
    {
        if (!row.Cells.TryGetValue(column, out var text))
            return null;
        return DateOnly.TryParseExact(text, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date >= s_earliest && date <= s_latest
            ? date
            : Fault<DateOnly?>(column, "a date such as 2026-12-31 or 31/12/2026");
    }

    public int? Number(ImportColumn column, int least, int most)
    {
        if (!row.Cells.TryGetValue(column, out var text))
            return null;
        // « 12 mois » and the P2M of product rules say the same.
        var digits = NumberOfMonths().Match(text);
        return digits.Success && int.TryParse(digits.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Fault<int?>(column, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
    }

    public NoticePeriod? Notice(ImportColumn column)
    {
        if (!row.Cells.TryGetValue(column, out var text))
            return null;
        // « 2 mois », « 30 jours », and the P2M and P30D of product rules.
        var said = NoticeText().Match(text);
        return said.Success && SettingsRules.Notice($"P{said.Groups["n"].Value}{(said.Groups["days"].Success ? 'D' : 'M')}") is { } notice
            ? notice
            : Fault<NoticePeriod?>(column, "months or days of notice, such as 2, P2M or 30 days, at most two years");
    }

    public long Id(ImportColumn column)
    {
        if (!row.Cells.TryGetValue(column, out var text))
            return 0;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : Fault<long>(column, "the customer's number in the shop");
    }

    public decimal? Decimal(ImportColumn column, string expected)
    {
        if (!row.Cells.TryGetValue(column, out var text))
            return null;
        return Amounts.Parse(text) ?? Fault<decimal?>(column, expected);
    }

    public Money? Amount(ImportColumn column, string currency)
    {
        if (!row.Cells.ContainsKey(column))
            return Fault<Money?>(column, "the price of a term, VAT included");
        if (Decimal(column, "an amount such as 1 234,50 or 1234.50") is not { } value)
            return null;
        try
        {
            var money = Money.Parse(value.ToString(CultureInfo.InvariantCulture), currency);
            return money.Minor > 0 ? money : Fault<Money?>(column, "an amount above zero");
        }
        catch (FormatException)
        {
            return Fault<Money?>(column, $"an amount that fits {currency}");
        }
    }

    public T Choice<T>(ImportColumn column, T none, IReadOnlyDictionary<string, T> words, string expected)
    {
        if (!row.Cells.TryGetValue(column, out var text))
            return none;
        return words.TryGetValue(ImportColumns.Plain(text), out var value) ? value : Fault<T>(column, expected)!;
    }

    public string? Email(ImportColumn column)
    {
        if (Text(column) is not { } text)
            return null;
        return MailAddress.TryCreate(text, out var address) && address.Address == text && text.IndexOf('.', text.IndexOf('@')) > 0 && !text.Any(char.IsWhiteSpace)
            ? text
            : Fault<string>(column, "an e-mail address");
    }

    public Uri? Link(ImportColumn column)
    {
        if (Text(column, 2000) is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" ? link : Fault<Uri>(column, "an address that begins with https://");
    }

    /// <summary>Notes a fault.</summary>
    public T? Fault<T>(ImportColumn column, string expected)
    {
        var got = row.Cells.GetValueOrDefault(column);
        if (!Faults.Exists(fault => fault.Column == column.Name()))
            Faults.Add(new ImportFault(row.Line, column.Name(), expected, got is { Length: > 60 } ? got[..60] + "…" : got));
        return default;
    }

    [GeneratedRegex("^P?(?<n>[0-9]{1,4})\\s*(M|mois|months?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberOfMonths();

    [GeneratedRegex("^P?0*(?<n>[0-9]{1,3})\\s*(M|mois|months?|(?<days>D|j|jours?|days?))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NoticeText();
}
