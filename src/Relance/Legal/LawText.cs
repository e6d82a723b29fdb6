using System.Globalization;
using System.Text.RegularExpressions;
using Relance.Agency;
using Relance.Domain.Billing;
using Relance.Domain.Law;

namespace Relance.Legal;

/// <summary>Reads what a question about the law gives as text; every refusal names the field and what was expected.</summary>
internal static partial class LawText
{
    private const string ADay = "a day such as 2026-12-31";
    private const string Euros = "euros above zero such as 1200.00";
    private static readonly DateOnly s_first = new(1950, 1, 1);
    private static readonly DateOnly s_last = new(2199, 12, 31);
    private static readonly string s_kinds = $"one of {string.Join(", ", ClientKinds.Codes)}";

    public static DateOnly Day(string field, string? text) => OptionalDay(field, Given(field, text, ADay))!.Value;

    public static DateOnly? OptionalDay(string field, string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= s_first && day <= s_last ? day : throw Expected(field, ADay);

    public static NoticePeriod Notice(string field, string? text)
    {
        const string Period = "months or days such as P2M or P90D, at most P120M or P3660D";
        try
        {
            return NoticePeriod.Parse(Given(field, text, Period));
        }
        catch (FormatException)
        {
            throw Expected(field, Period);
        }
    }

    public static ClientKind Client(string field, string? text) => ClientKinds.TryParse(Given(field, text, s_kinds), out var kind) ? kind : throw Expected(field, s_kinds);

    public static decimal Amount(string field, string? text) => IsAmount(Given(field, text, Euros), out var amount) ? amount : throw Expected(field, Euros);

    /// <summary>A day and an amount: <c>2026-06-15:300.00</c>.</summary>
    public static DatedAmount Dated(string field, string text)
    {
        const string Pair = "a day and euros above zero such as 2026-06-15:300.00";
        return text.Split(':') is [var day, var sum] && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) && IsAmount(sum, out var amount)
            ? new DatedAmount(on, amount)
            : throw Expected(field, Pair);
    }

    /// <summary>The rate between businesses; ECB + 10 points when left out.</summary>
    public static PenaltyRate Rate(string field, string? text) => text switch
    {
        null or "default" => new PenaltyRate.Default(),
        "legal-x3" => new PenaltyRate.LegalTimesThree(),
        _ when Percent().IsMatch(text) && decimal.Parse(text, CultureInfo.InvariantCulture) is <= 100 and var percent => new PenaltyRate.Contract(percent),
        _ => throw Expected(field, "default, legal-x3 or percent a year from 0 to 100 such as 8.00"),
    };

    public static RefusedException Expected(string field, string what) => RefusedException.Invalid(field, $"expected {what}");

    private static string Given(string field, string? text, string what) => text ?? throw Expected(field, $"{what}, it is missing");

    private static bool IsAmount(string text, out decimal amount)
    {
        amount = 0;
        return Money().IsMatch(text) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount) && amount > 0;
    }

    [GeneratedRegex(@"^[0-9]{1,9}(\.[0-9]{1,2})?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Money();

    [GeneratedRegex(@"^[0-9]{1,3}(\.[0-9]{1,4})?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Percent();
}
