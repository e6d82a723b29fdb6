using System.Text.Json;
using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Journal;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Agency;

public sealed partial class AgencyReads
{
    private const int TimelineLimit = 500;

    /// <summary>Everything about one contract.</summary>
    /// <exception cref="RefusedException">There is none with this id.</exception>
    public Task<ContractDetail> ContractAsync(string id, CancellationToken ct) => ContractAsync(id, "en", ct);

    /// <summary>Everything about one contract, its tasks in a language (fr or en).</summary>
    /// <exception cref="RefusedException">There is none with this id.</exception>
    public Task<ContractDetail> ContractAsync(string id, string locale, CancellationToken ct) => database.ReadAsync(
        async session =>
        {
            var row = await session.FirstAsync<ContractRow>($"{ContractSelect} WHERE c.id = @id", new { id, Today = Today.Text() }) ?? throw RefusedException.NotFound("contract", id);
            var shop = (await LinkedShop.FindAsync(session, row.ShopId))!;
            var state = ContractState.FromJson(row.Data);
            var person = await session.FirstAsync<PersonRow>(
                "SELECT c.email AS Email, c.kind AS Kind, CASE WHEN r.refused_at IS NULL THEN NULL ELSE COALESCE(r.refused_answer, '') END AS Refused FROM client c LEFT JOIN recipient r ON r.id = c.recipient_id WHERE c.id = @ClientId", row);
            var kind = Enum.Parse<ClientKind>(person!.Kind);
            return new ContractDetail(
                Summary(row, shop), person.Email, person.Refused, row.Source, state.Kind.ToString().ToLowerInvariant(), state.Months, state.TermNo,
                state.AnnouncedOn, state.SuspendedOn, state.EndedOn, state.DeclinedOn, state.Hold is null ? null : row.Waiting, state.RenewalOrderNumber, state.PayUrl, state.ClosedBy,
                kind.Code(), LegalNotices.View(new BillingContext(session, shop, settings, clocks.Now), row.Source, row.ExternalKey, state, kind, locale),
                await FlagsAsync(session, row), await PausesOfAsync(session, row), await TasksOfAsync(session, row, locale),
                (await CyclesAsync(session, new CycleFilter(Contract: id, Limit: Paging.MaxLimit))).Items, await TimelineAsync(session, row));
        },
        ct);

    private static async Task<IReadOnlyList<FlagItem>> FlagsAsync(Session session, ContractRow row) =>
        [.. (await session.QueryAsync<FlagRow>(
            """
            SELECT id AS Id, scope AS Scope, scope_id AS ScopeId, flag AS Flag, reason AS Reason, who AS Who, created_at AS CreatedAt FROM flag
            WHERE (scope = 'contract' AND scope_id = @Id) OR (scope = 'client' AND scope_id = @ClientId) ORDER BY id
            """, row)).Select(f => new FlagItem(f.Id, f.Scope, f.ScopeId, f.Flag, f.Reason, f.Who, Values.Instant(f.CreatedAt)))];

    // Its own journal, and that of the messages that speak of it.
    private static async Task<IReadOnlyList<TimelineItem>> TimelineAsync(Session session, ContractRow row)
    {
        const string Messages = "SELECT r.message_id FROM reminder r JOIN cycle cy ON cy.id = r.cycle_id WHERE cy.subject_id = @Id AND r.message_id IS NOT NULL";
        var entries = await session.QueryAsync<ChainEntry>(
            $"""
            SELECT {ChainEntry.Columns}
            FROM journal WHERE subject_id = @Id OR subject_id IN ({Messages}) ORDER BY seq DESC LIMIT {TimelineLimit}
            """, row);
        var messages = await session.QueryAsync<TimelineRow>(
            $"SELECT id AS Id, created_at AS At, state AS State, COALESCE(hold, reason) AS Reason, approved_by AS Who FROM message WHERE id IN ({Messages}) ORDER BY id DESC LIMIT {TimelineLimit}", row);
        return [.. entries.Reverse().Select(entry => Line(entry, row.Id)).Concat(messages.Select(m => new TimelineItem(Values.Instant(m.At), "message", null, m.State, m.Reason, m.Id, m.Who)))
            .OrderBy(item => item.At)];
    }

    private static TimelineItem Line(ChainEntry entry, string contractId)
    {
        using var facts = JsonDocument.Parse(entry.Entry);
        return new TimelineItem(
            Values.Instant(entry.At), entry.Kind, Fact("step") ?? Fact("steps"), null, Fact("reason") ?? Fact("why") ?? Fact("answer"),
            entry.SubjectId == contractId ? null : entry.SubjectId, Fact("by"));

        string? Fact(string name) => facts.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null;
    }

    private sealed class PersonRow
    {
        public string? Email { get; init; }
        public string Kind { get; init; } = "";
        public string? Refused { get; init; }
    }

    private sealed class FlagRow
    {
        public string Id { get; init; } = "";
        public string Scope { get; init; } = "";
        public string ScopeId { get; init; } = "";
        public string Flag { get; init; } = "";
        public string Reason { get; init; } = "";
        public string Who { get; init; } = "";
        public long CreatedAt { get; init; }
    }

    private sealed class TimelineRow
    {
        public string Id { get; init; } = "";
        public long At { get; init; }
        public string State { get; init; } = "";
        public string? Reason { get; init; }
        public string? Who { get; init; }
    }
}
