using Relance.Billing;
using Relance.Evidence.Stamps;
using Relance.Journal;
using Relance.Outbox;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Evidence;

/// <summary>Reads what concerns one contract, within one snapshot.</summary>
internal sealed class DossierSource(Session session, StoredContract contract, LinkedShop shop)
{
    private const string Messages = "SELECT r.message_id FROM reminder r JOIN cycle cy ON cy.id = r.cycle_id WHERE cy.subject_id = @Id AND r.message_id IS NOT NULL";

    public StoredContract Contract => contract;

    public LinkedShop Shop => shop;

    public Task<ClientOf?> ClientAsync() => session.FirstAsync<ClientOf>("SELECT id AS Id, name AS Name, email AS Email FROM client WHERE id = @ClientId", new { contract.ClientId });

    /// <summary>Days on which a term ends that reminders were about.</summary>
    public Task<IReadOnlyList<string>> TermEndsAsync() => session.QueryAsync<string>("SELECT DISTINCT anchor_on FROM cycle WHERE subject_id = @Id ORDER BY anchor_on", new { contract.Id });

    public async Task<IReadOnlyList<DossierInvoice>> InvoicesAsync() =>
        [.. (await session.QueryAsync<InvoiceRow>(
            """
            SELECT external_id AS ExternalId, number AS Number, role AS Role, term_no AS Term, total AS Total, paid AS Paid, currency AS Currency, due_on AS DueOn, status AS Status,
                payment_method AS PaymentMethod FROM invoice WHERE contract_id = @Id ORDER BY id
            """, new { contract.Id })).Select(i => new DossierInvoice(
                i.ExternalId, i.Number, i.Role, i.Term, i.Total, i.Paid, i.Currency, i.DueOn is null ? null : Values.Date(i.DueOn), i.Status, i.PaymentMethod))];

    /// <summary>Time-stamps over these entries, and over the last.</summary>
    public Task<IReadOnlyList<KeptStamp>> StampsAsync(IEnumerable<long> entries, long last) => StampStore.OverAsync(session, shop.Id, entries, last);

    /// <summary>Of whom entries are in clear: the contract, its client, and the messages that speak of it.</summary>
    public async Task<IReadOnlySet<string>> SubjectsAsync() =>
        new HashSet<string>([.. await session.QueryAsync<string>(Messages, new { contract.Id }), contract.Id, contract.ClientId], StringComparer.Ordinal);

    /// <summary>The whole chain, the oldest entry first.</summary>
    public async IAsyncEnumerable<ChainEntry> JournalAsync(long last)
    {
        for (var seq = 0L; await JournalWriter.PageAsync(session, shop.Id, seq, last) is { Count: > 0 } page; seq = page[^1].Seq)
        {
            foreach (var entry in page)
                yield return entry;
        }
    }

    public Task<IReadOnlyList<MessageOf>> MessagesAsync() => session.QueryAsync<MessageOf>(
        $"""
        SELECT m.id AS Id, m.class AS Class, m.mode AS Mode, m.state AS State, m.slot_on AS SlotOn, m.content_hash AS Hash, m.bounced_at AS BouncedAt, m.bounce_answer AS BounceAnswer
        FROM message m WHERE m.id IN ({Messages}) ORDER BY m.id
        """, new { contract.Id });

    public async Task<ILookup<string, string>> StepsAsync() => (await session.QueryAsync<StepRow>(
        $"SELECT message_id AS MessageId, step AS Step FROM reminder WHERE message_id IN ({Messages}) ORDER BY id", new { contract.Id })).ToLookup(r => r.MessageId, r => r.Step, StringComparer.Ordinal);

    public async Task<ILookup<string, DossierAttempt>> AttemptsAsync() => (await session.QueryAsync<AttemptRow>(
        $"""
        SELECT {AttemptRow.Columns}
        FROM attempt WHERE message_id IN ({Messages}) ORDER BY message_id, n
        """, new { contract.Id })).ToLookup(a => a.MessageId, a => new DossierAttempt(a.N, Values.Instant(a.StartedAt), Instant(a.HandedAt), Instant(a.FinishedAt), a.Outcome, a.Answer), StringComparer.Ordinal);

    /// <summary>Kept bytes by their hash; null where there are none, or none any more.</summary>
    public Task<ContentOf?> ContentAsync(string hash) => session.FirstAsync<ContentOf>("SELECT bytes AS Bytes, erased_at AS ErasedAt FROM content WHERE hash = @hash", new { hash });

    public static DateTimeOffset? Instant(long? millis) => millis is { } at ? Values.Instant(at) : null;

    internal sealed class ClientOf
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Email { get; init; }
    }

    internal sealed class MessageOf
    {
        public string Id { get; init; } = "";
        public string Class { get; init; } = "";
        public string Mode { get; init; } = "";
        public string State { get; init; } = "";
        public string SlotOn { get; init; } = "";
        public string? Hash { get; init; }
        public long? BouncedAt { get; init; }
        public string? BounceAnswer { get; init; }
    }

    internal sealed class ContentOf
    {
        public byte[] Bytes { get; init; } = [];
        public long? ErasedAt { get; init; }
    }

    private sealed class InvoiceRow
    {
        public string ExternalId { get; init; } = "";
        public string Number { get; init; } = "";
        public string Role { get; init; } = "";
        public long? Term { get; init; }
        public long Total { get; init; }
        public long Paid { get; init; }
        public string Currency { get; init; } = "";
        public string? DueOn { get; init; }
        public string Status { get; init; } = "";
        public string PaymentMethod { get; init; } = "";
    }

    private sealed class StepRow
    {
        public string MessageId { get; init; } = "";
        public string Step { get; init; } = "";
    }
}
