using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.PostBack;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Agency;

public sealed partial class AgencyReads
{
    private static readonly string[] Standings = [.. Enum.GetValues<Standing>().Select(PostBackQueue.Code)];

    private const string ContractSelect = """
        SELECT c.id AS Id, c.shop_id AS ShopId, s.name AS Shop, c.source AS Source, c.external_key AS ExternalKey, c.client_id AS ClientId, cl.name AS Client, cl.kind AS ClientKind,
            c.data AS Data, c.standing AS Standing, cy.anchor_on AS AnchorOn, cy.next_step AS NextStep, cy.waiting AS Waiting, cy.next_at AS NextAt,
            (SELECT MIN(m.slot_on) FROM reminder r JOIN message m ON m.id = r.message_id WHERE r.cycle_id = cy.id AND r.state = 'planned') AS PlannedOn,
            (SELECT MAX(p.until_on) FROM pause p WHERE p.until_on > @Today AND (p.scope = 'all' OR (p.scope = 'shop' AND p.scope_id = c.shop_id)
                OR (p.scope = 'client' AND p.scope_id = c.client_id) OR (p.scope = 'contract' AND p.scope_id = c.id))) AS PausedUntil,
            (SELECT COUNT(*) FROM flag f WHERE f.flag = 'dispute' AND ((f.scope = 'contract' AND f.scope_id = c.id) OR (f.scope = 'client' AND f.scope_id = c.client_id))) AS Disputes,
            (SELECT COUNT(*) FROM flag f WHERE f.flag = 'insolvent' AND ((f.scope = 'contract' AND f.scope_id = c.id) OR (f.scope = 'client' AND f.scope_id = c.client_id))) AS Insolvencies
        FROM contract c JOIN shop s ON s.id = c.shop_id JOIN client cl ON cl.id = c.client_id
        LEFT JOIN cycle cy ON cy.kind = 'contract' AND cy.subject_id = c.id AND cy.state = 'open'
        """;

    /// <summary>Contracts, in the order in which Relance met them.</summary>
    /// <exception cref="RefusedException">A filter names no such thing.</exception>
    public Task<Page<ContractSummary>> ContractsAsync(ContractFilter filter, CancellationToken ct) => database.ReadAsync(
        async session =>
        {
            if (filter.Standing is { } standing && !Standings.Contains(standing))
                throw RefusedException.Invalid("standing", $"one of {string.Join(", ", Standings)}");
            var rows = await session.QueryAsync<ContractRow>(
                $"""
                {ContractSelect} WHERE c.id > @After AND (@Shop IS NULL OR c.shop_id = @Shop) AND (@Standing IS NULL OR c.standing = @Standing)
                AND (@Like IS NULL OR LOWER(cl.name) LIKE @Like OR cl.name LIKE @Exact OR LOWER(cl.email) LIKE @Like OR c.external_key LIKE @Key) ORDER BY c.id LIMIT @Rows
                """, Args(filter));
            var shops = (await LinkedShop.AllAsync(session)).ToDictionary(shop => shop.Id);
            return Paging.Of([.. rows.Select(row => Summary(row, shops[row.ShopId]))], filter.Limit, contract => contract.Id);
        },
        ct);

    private object Args(ContractFilter filter)
    {
        var search = string.IsNullOrWhiteSpace(filter.Search) ? null : filter.Search.Trim();
        return new
        {
            Today = Today.Text(),
            After = Paging.Key(filter.After),
            filter.Shop,
            filter.Standing,
            Like = search is null ? null : $"%{search.ToLowerInvariant()}%",
            Exact = $"%{search}%",
            Key = $"{KeyOf(search)}%",
            Rows = Paging.Rows(filter.Limit),
        };
    }

    // CMD-18-2 is kept as 18:…:2: people search what mails print.
    private static string KeyOf(string? search)
    {
        var parts = (search ?? "").Split('-');
        return parts is ["CMD" or "ABO" or "CM" or "cmd" or "abo" or "cm", ..] ? string.Join("%:", parts[1..]) : search ?? "";
    }

    private ContractSummary Summary(ContractRow row, LinkedShop shop)
    {
        var state = ContractState.FromJson(row.Data);
        return new ContractSummary(
            row.Id, row.ShopId, row.Shop, ReferenceOf(row.Source, row.ExternalKey), row.ClientId, row.Client, state.PlanName, state.TermStart, state.TermEnd,
            state.Amount, state.Currency, row.Standing, row.NextStep, NextOn(row, state, shop), row.Waiting, Day(row.PausedUntil), row.Disputes > 0, row.Insolvencies > 0);
    }

    // The day a step is due; where it waits for something else, the day on which that is looked at again.
    private DateOnly? NextOn(ContractRow row, ContractState state, LinkedShop shop)
    {
        if (row.NextStep is null || row.AnchorOn is null)
            return null;
        if (row.PlannedOn is not null)
            return Day(row.PlannedOn);
        var context = new BillingContext(null!, shop, settings, clocks.Now);
        var due = context.SequenceOf(state, Enum.Parse<ClientKind>(row.ClientKind)).Steps.FirstOrDefault(step => step.Id == row.NextStep)?.DueOn(Values.Date(row.AnchorOn), context.Calendar);
        var looks = row.NextAt is { } at && row.Waiting != SkipReason.NotDue.Code() ? context.Calendar.LocalDate(Values.Instant(at)) : (DateOnly?)null;
        return new[] { due, looks, Day(row.PausedUntil) }.Max();
    }

    private static DateOnly? Day(string? text) => text is null ? null : Values.Date(text);

    private sealed class ContractRow
    {
        public string Id { get; init; } = "";
        public string ShopId { get; init; } = "";
        public string Shop { get; init; } = "";
        public string Source { get; init; } = "";
        public string ExternalKey { get; init; } = "";
        public string ClientId { get; init; } = "";
        public string Client { get; init; } = "";
        public string ClientKind { get; init; } = "";
        public string Data { get; init; } = "";
        public string Standing { get; init; } = "";
        public string? AnchorOn { get; init; }
        public string? NextStep { get; init; }
        public string? Waiting { get; init; }
        public long? NextAt { get; init; }
        public string? PlannedOn { get; init; }
        public string? PausedUntil { get; init; }
        public long Disputes { get; init; }
        public long Insolvencies { get; init; }
    }
}
