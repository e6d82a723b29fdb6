using System.Globalization;
using System.Text.Json;
using Relance.Domain.Billing;
using Relance.Domain.Law;

namespace Relance.Shops.WooCommerce;

/// <summary>Reads contracts of the plugin; a field that cannot be read is named.</summary>
internal static class ContractMapping
{
    private const int LongestTerm = 120, LongestText = 200;
    private static readonly string[] s_statuses = ["active", "declined", "ended", "cancelled"];

    /// <summary>One element of a list, or a delivery's body.</summary>
    /// <param name="id">0 where not even that can be read.</param>
    /// <param name="why">The field at fault and what was expected, where the answer is null.</param>
    public static ShopContract? Read(JsonElement element, out long id, out string why)
    {
        id = WireRow.IdOf(element);
        why = "";
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.Deserialize(WireJson.Default.WireContract) is { Id: > 0 } row
                ? Contract(row)
                : throw new FormatException($"{id}.id: expected a contract with a positive id.");
        }
        catch (JsonException wrong)
        {
            why = $"{id}.{(wrong.Path ?? "").TrimStart('$', '.')}: expected another kind of value.";
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            why = wrong.Message;
        }

        return null;
    }

    private static ShopContract Contract(WireContract c) => new()
    {
        Id = c.Id,
        Number = Text(c, "number", c.Number),
        Status = s_statuses.Contains(c.Status) ? c.Status : throw Wrong(c, "status", string.Join(", ", s_statuses), c.Status),
        DeclinedAt = Instant(c, "declined_at", c.DeclinedAt),
        DeclinedBy = string.IsNullOrEmpty(c.DeclinedBy) ? null : c.DeclinedBy,
        DeclinedUser = Line(c.DeclinedUser),
        DeclinedReason = Line(c.DeclinedReason),
        CustomerId = c.CustomerId,
        Billing = WireMapping.Billing(c.Billing),
        OrderId = c.OrderId,
        OrderItemId = c.OrderItemId,
        Sequence = Math.Max(1, c.Sequence),
        LatestOrderId = c.LatestOrderId,
        ProductId = c.ProductId,
        VariationId = c.VariationId,
        Plan = Text(c, "plan", c.Plan),
        Months = c.Months is >= 1 and <= LongestTerm ? c.Months : throw Wrong(c, "months", $"a number from 1 to {LongestTerm}", c.Months),
        Tacit = c.Renewal switch { "tacit" => true, "explicit" => false, _ => throw Wrong(c, "renewal", "explicit or tacit", c.Renewal) },
        Notice = string.IsNullOrEmpty(c.Notice) ? null : NoticePeriod.TryParse(c.Notice, out var notice) ? notice : throw Wrong(c, "notice", "months or days such as P2M or P30D", c.Notice),
        ConcludedOnline = c.ConcludedOnline,
        MayShowNotice = c.Suspension switch { "notice" => true, "care" or "" or null => false, _ => throw Wrong(c, "suspension", "care or notice", c.Suspension) },
        SiteUrl = string.IsNullOrEmpty(c.SiteUrl) ? null : Text(c, "site_url", c.SiteUrl),
        TermNo = c.TermNo >= 1 ? c.TermNo : throw Wrong(c, "term_no", "a number from 1", c.TermNo),
        TermStart = Day(c, "term_start", c.TermStart),
        TermEnd = Day(c, "term_end", c.TermEnd) is var end && end >= Day(c, "term_start", c.TermStart) ? end : throw Wrong(c, "term_end", "a day after term_start", c.TermEnd),
        Price = Price(c),
        CreatedAt = Instant(c, "date_created_gmt", c.DateCreatedGmt) ?? throw Wrong(c, "date_created_gmt", "an instant", c.DateCreatedGmt),
        ModifiedAt = Instant(c, "date_modified_gmt", c.DateModifiedGmt) ?? throw Wrong(c, "date_modified_gmt", "an instant", c.DateModifiedGmt),
    };

    private static Money Price(WireContract c) => c.Currency is { Length: 3 }
        ? WireMapping.Amount(c.Id, "price", c.Price, c.Currency) is { Minor: >= 0 } price ? price : throw Wrong(c, "price", "an amount such as 348.00", c.Price)
        : throw Wrong(c, "currency", "a code such as EUR", c.Currency);

    // Names and addresses go into mails and logs: one line each.
    private static string Text(WireContract c, string field, string? text) => (text ?? "") is { Length: <= LongestText } value && !value.Any(char.IsControl)
        ? value
        : throw Wrong(c, field, $"one line of at most {LongestText} characters", "another text");

    // Said beside a refusal: no refusal is held up because of it.
    private static string? Line(string? text)
    {
        var line = string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length == 0 ? null : line.Length <= LongestText ? line : line[..LongestText];
    }

    private static DateOnly Day(WireContract c, string field, string? day) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : throw Wrong(c, field, "a date such as 2027-01-14", day);

    private static DateTimeOffset? Instant(WireContract c, string field, string? instant) => WireMapping.Instant(c.Id, field, instant);

    private static FormatException Wrong(WireContract c, string field, string expected, object? got) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{c.Id}.{field}: expected {expected}, got '{got}'."));
}
