using System.Globalization;
using System.Text.RegularExpressions;
using Relance.Domain.Law;

namespace Relance.Legal;

/// <summary>Terms of payment as people write them: <c>60 days</c>, <c>45 days end of month</c>, <c>end of month 45 days</c>, the same in French, or <c>default</c>.</summary>
internal sealed partial record PaymentTerms(TermsMethod Method, int Days)
{
    private const int Longest = 365;

    /// <summary>Reads them; nothing given is <c>default</c>. A remark in brackets must be the one that <see cref="ToString"/> writes.</summary>
    /// <exception cref="Agency.RefusedException">They are none of these.</exception>
    public static PaymentTerms Parse(string field, string? text)
    {
        var match = Form().Match(text ?? "default");
        var terms = !match.Success ? null
            : match.Groups["none"].Success ? new PaymentTerms(TermsMethod.Default, 30)
            : int.Parse(match.Groups["days"].Value, CultureInfo.InvariantCulture) is <= Longest and var days ? new PaymentTerms(MethodOf(match), days)
            : null;
        // The two readings of "45 days end of month" differ by weeks: a remark that says the other one is a mistake to be seen.
        return terms is not null && (!match.Groups["remark"].Success || terms.ToString().EndsWith(match.Groups["remark"].Value, StringComparison.Ordinal))
            ? terms
            : throw LawText.Expected(field, $"default, '60 days', '45 days end of month' (45 days, then month end) or 'end of month 45 days' (month end, then 45 days), at most {Longest} days");
    }

    /// <inheritdoc/>
    public override string ToString() => Method switch
    {
        TermsMethod.Default => "default (30 days from performance)",
        TermsMethod.DaysThenMonthEnd => $"{Days} days end of month ({Days} days, then month end)",
        TermsMethod.MonthEndThenDays => $"end of month {Days} days (month end, then {Days} days)",
        _ => $"{Days} days",
    };

    private static TermsMethod MethodOf(Match match) => match.Groups["before"].Success ? TermsMethod.MonthEndThenDays
        : match.Groups["after"].Success ? TermsMethod.DaysThenMonthEnd
        : TermsMethod.Days;

    [GeneratedRegex(@"^((?<none>default)|((?<before>(end of month|fin de mois) )?(?<days>[0-9]{1,4}) (days|jours)(?<after> (end of month|fin de mois))?))( (?<remark>\(.*\)))?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
