using Relance.Agency;
using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Legal;

/// <summary>What the law asks of the linked contracts: the dates that come, and what is not in order. Reads only.</summary>
public sealed class LegalReads(Database database, RelanceSettings settings, Clocks clocks)
{
    /// <summary>Days that are looked at when nobody says.</summary>
    public const int DefaultDays = 120;

    private const int LongestDays = 730;

    // Redirected or dry, the client got nothing.
    private const string SentNotices = """
        SELECT cy.subject_id AS ContractId, cy.anchor_on AS TermEnd FROM reminder r JOIN cycle cy ON cy.id = r.cycle_id
        WHERE r.step = 'tacit.legal-notice' AND r.state = 'sent' AND r.mode = 'live' AND cy.kind = 'contract'
        """;

    /// <summary>The legal dates of the next days, today included.</summary>
    /// <param name="days">1 to 730; 120 when null.</param>
    /// <param name="shop">Only of the shop with this id.</param>
    /// <exception cref="RefusedException">Days out of range, or no such shop.</exception>
    public async Task<LegalCalendar> CalendarAsync(int? days, string? shop, CancellationToken ct)
    {
        if (days is < 1 or > LongestDays)
            throw RefusedException.Invalid("days", $"expected a whole number from 1 to {LongestDays}");
        var until = Today.AddDays(days ?? DefaultDays);
        var contracts = (await OpenAsync(shop, ct)).Where(contract => contract.IsTacit).ToList();
        return new LegalCalendar(Today, until, contracts.Count, [.. contracts.SelectMany(contract => contract.Dates(until)).OrderBy(date => date.On).ThenBy(date => date.Reference, StringComparer.Ordinal)]);
    }

    /// <summary>What is not in order, faults first, those with the nearest last day in front.</summary>
    /// <param name="shop">Only of the shop with this id.</param>
    /// <param name="locale">fr or en.</param>
    /// <exception cref="RefusedException">No such shop.</exception>
    public async Task<LegalAudit> AuditAsync(string? shop, string locale, CancellationToken ct)
    {
        var contracts = await OpenAsync(shop, ct);
        return new LegalAudit(Today, contracts.Count, [.. contracts.SelectMany(contract => new LegalFindings(contract, locale).All())
            .OrderBy(finding => finding.Level, StringComparer.Ordinal).ThenBy(finding => finding.Until ?? DateOnly.MaxValue).ThenBy(finding => finding.Kind, StringComparer.Ordinal)]);
    }

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clocks.Now, settings.Calendar.TimeZone).DateTime);

    private Task<IReadOnlyList<LegalContract>> OpenAsync(string? shopId, CancellationToken ct) => database.ReadAsync<IReadOnlyList<LegalContract>>(
        async session =>
        {
            if (shopId is not null && await LinkedShop.FindAsync(session, shopId) is null)
                throw RefusedException.NotFound("shop", shopId);
            var shops = (await LinkedShop.AllAsync(session)).ToDictionary(shop => shop.Id);
            var clients = (await session.QueryAsync<ClientRow>(
                "SELECT c.id AS Id, c.name AS Name, CASE WHEN r.refused_at IS NULL THEN c.email END AS Email FROM client c LEFT JOIN recipient r ON r.id = c.recipient_id")).ToDictionary(client => client.Id);
            var sent = (await session.QueryAsync<SentRow>(SentNotices)).Select(row => (row.ContractId, row.TermEnd)).ToHashSet();
            return [.. (await ContractStore.AllAsync(session, shopId)).Where(IsLookedAt).Select(contract => Of(contract, shops[contract.ShopId], clients[contract.ClientId], sent))];
        },
        ct);

    private static bool IsLookedAt(StoredContract contract) => contract.State is { EndedOn: null, DeclinedOn: null, Kind: RenewalKind.Tacit or RenewalKind.Automatic };

    private LegalContract Of(StoredContract contract, LinkedShop shop, ClientRow client, HashSet<(string, string)> sent) => new(
        contract, client.Name, client.Email, shop.Name, sent.Contains((contract.Id, contract.State.TermEnd.Text())), BillingContext.For(shop, settings), Today, settings.Maintenance.NoticeDays);

    private sealed class ClientRow
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Email { get; init; }
    }

    private sealed class SentRow
    {
        public string ContractId { get; init; } = "";
        public string TermEnd { get; init; } = "";
    }
}
