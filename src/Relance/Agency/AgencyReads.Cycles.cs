using Relance.Billing;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Agency;

public sealed partial class AgencyReads
{
    private const string CycleFrom = """
        FROM cycle cy JOIN contract c ON c.id = cy.subject_id JOIN client cl ON cl.id = c.client_id
        WHERE cy.kind = 'contract' AND (@After = '' OR cy.id < @After) AND (@Shop IS NULL OR cy.shop_id = @Shop)
        AND (@Contract IS NULL OR cy.subject_id = @Contract) AND (@State IS NULL OR cy.state = @State) ORDER BY cy.id DESC LIMIT @Rows
        """;

    /// <summary>Cycles, the newest first.</summary>
    public Task<Page<CycleSummary>> CyclesAsync(CycleFilter filter, CancellationToken ct) => database.ReadAsync(session => CyclesAsync(session, filter), ct);

    private async Task<Page<CycleSummary>> CyclesAsync(Session session, CycleFilter filter)
    {
        var args = new { After = Paging.Key(filter.After), filter.Shop, filter.Contract, filter.State, Rows = Paging.Rows(filter.Limit) };
        var rows = await session.QueryAsync<CycleListRow>(
            $"""
            SELECT cy.id AS Id, cy.shop_id AS ShopId, c.id AS ContractId, c.source AS Source, c.external_key AS ExternalKey, cl.name AS Client, cy.term_no AS TermNo,
                cy.anchor_on AS AnchorOn, cy.state AS State, cy.next_step AS NextStep, cy.waiting AS Waiting, cy.next_at AS NextAt {CycleFrom}
            """, args);
        var steps = (await session.QueryAsync<StepRow>(
            $"""
            SELECT cycle_id AS CycleId, step AS Step, channel AS Channel, mode AS Mode, state AS State, reason AS Reason, decided_on AS DecidedOn, message_id AS MessageId
            FROM reminder WHERE cycle_id IN (SELECT id FROM (SELECT cy.id AS id {CycleFrom}) picked) ORDER BY id
            """, args)).ToLookup(step => step.CycleId, step => new StepItem(step.Step, step.Channel, step.Mode, step.State, step.Reason, Values.Date(step.DecidedOn), step.MessageId));
        var zones = (await LinkedShop.AllAsync(session)).ToDictionary(shop => shop.Id, shop => BillingContext.For(shop, settings));
        return Paging.Of([.. rows.Select(row => new CycleSummary(
            row.Id, row.ShopId, row.ContractId, ReferenceOf(row.Source, row.ExternalKey), row.Client, (int)row.TermNo, Values.Date(row.AnchorOn), row.State,
            row.NextStep, row.Waiting, row.NextAt is { } at ? zones[row.ShopId].LocalDate(Values.Instant(at)) : null, [.. steps[row.Id]]))], filter.Limit, cycle => cycle.Id);
    }

    private sealed class CycleListRow
    {
        public string Id { get; init; } = "";
        public string ShopId { get; init; } = "";
        public string ContractId { get; init; } = "";
        public string Source { get; init; } = "";
        public string ExternalKey { get; init; } = "";
        public string Client { get; init; } = "";
        public long TermNo { get; init; }
        public string AnchorOn { get; init; } = "";
        public string State { get; init; } = "";
        public string? NextStep { get; init; }
        public string? Waiting { get; init; }
        public long? NextAt { get; init; }
    }

    private sealed class StepRow
    {
        public string CycleId { get; init; } = "";
        public string Step { get; init; } = "";
        public string Channel { get; init; } = "";
        public string Mode { get; init; } = "";
        public string State { get; init; } = "";
        public string? Reason { get; init; }
        public string DecidedOn { get; init; } = "";
        public string? MessageId { get; init; }
    }
}
