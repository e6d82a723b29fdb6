using Relance.Outbox;
using Relance.Storage;

namespace Relance.Agency;

public sealed partial class AgencyReads
{
    private const string MessageFrom = "FROM message m JOIN shop s ON s.id = m.shop_id JOIN recipient rc ON rc.id = m.recipient_id";

    private const string MessageColumns = """
        m.id AS Id, m.shop_id AS ShopId, s.name AS Shop, rc.address_key AS Email, m.channel AS Channel, m.class AS Class, m.mode AS Mode, m.state AS State,
        m.hold AS Hold, m.reason AS Reason, m.slot_on AS SlotOn, m.created_at AS CreatedAt, m.content_hash AS ContentHash, m.approved_by AS ApprovedBy,
        (SELECT MAX(a.finished_at) FROM attempt a WHERE a.message_id = m.id AND a.outcome = 'accepted') AS SentAt
        """;

    /// <summary>Messages, the newest first.</summary>
    public Task<Page<MessageSummary>> MessagesAsync(MessageFilter filter, CancellationToken ct) => database.ReadAsync(
        async session => Paging.Of(
            await MessagesAsync(
                session,
                """
                (@After = '' OR m.id < @After) AND (@Shop IS NULL OR m.shop_id = @Shop) AND (@State IS NULL OR m.state = @State) AND (@Day IS NULL OR m.slot_on = @Day)
                AND (@Contract IS NULL OR m.id IN (SELECT r.message_id FROM reminder r JOIN cycle cy ON cy.id = r.cycle_id WHERE cy.subject_id = @Contract))
                """,
                "m.id DESC",
                new { After = Paging.Key(filter.After), filter.Shop, filter.State, Day = filter.Day?.Text(), filter.Contract, Rows = Paging.Rows(filter.Limit) }),
            filter.Limit,
            message => message.Id),
        ct);

    /// <summary>A message with its attempts.</summary>
    /// <exception cref="RefusedException">There is none with this id.</exception>
    public Task<MessageDetail> MessageAsync(string id, CancellationToken ct) => database.ReadAsync(
        async session =>
        {
            var args = new { id, Rows = 1L };
            var row = await session.FirstAsync<MessageListRow>($"SELECT {MessageColumns} {MessageFrom} WHERE m.id = @id", args) ?? throw RefusedException.NotFound("message", id);
            var summary = (await MessagesAsync(session, "m.id = @id", "m.id", args))[0];
            var attempts = await session.QueryAsync<AttemptRow>(
                $"SELECT {AttemptRow.Columns} FROM attempt WHERE message_id = @id ORDER BY n", args);
            var kept = await session.ValueAsync<long>("SELECT COUNT(*) FROM content WHERE hash = @ContentHash AND erased_at IS NULL", row) > 0;
            return new MessageDetail(summary, row.ContentHash, kept, row.ApprovedBy, [.. attempts.Select(a => new AttemptItem((int)a.N, Values.Instant(a.StartedAt), Instant(a.HandedAt), Instant(a.FinishedAt), a.Outcome, a.Answer))]);
        },
        ct);

    /// <summary>The exact bytes that left, or were about to; null before the first attempt and once they are erased.</summary>
    /// <exception cref="RefusedException">There is no message with this id.</exception>
    public Task<ReadOnlyMemory<byte>?> MailBytesAsync(string messageId, CancellationToken ct) => database.ReadAsync<ReadOnlyMemory<byte>?>(
        async session =>
        {
            if (await session.ValueAsync<long>("SELECT COUNT(*) FROM message WHERE id = @messageId", new { messageId }) == 0)
                throw RefusedException.NotFound("message", messageId);
            return await session.ValueAsync<byte[]>(
                "SELECT c.bytes FROM content c JOIN message m ON m.content_hash = c.hash WHERE m.id = @messageId AND c.erased_at IS NULL", new { messageId }) is { } bytes
                    ? new ReadOnlyMemory<byte>(bytes)
                    // A null array would become empty memory, which is a mail of no bytes.
                    : (ReadOnlyMemory<byte>?)null;
        },
        ct);

    // args holds @Rows and what the condition names.
    private static async Task<IReadOnlyList<MessageSummary>> MessagesAsync(Session session, string where, string order, object args)
    {
        var rows = await session.QueryAsync<MessageListRow>($"SELECT {MessageColumns} {MessageFrom} WHERE {where} ORDER BY {order} LIMIT @Rows", args);
        var items = (await session.QueryAsync<ItemRow>(
            $"""
            SELECT r.message_id AS MessageId, c.id AS ContractId, c.source AS Source, c.external_key AS ExternalKey, cl.name AS Client, cl.email AS Email, r.step AS Step,
                r.state AS State, r.reason AS Reason, r.valid_until_on AS Until
            FROM reminder r JOIN cycle cy ON cy.id = r.cycle_id JOIN contract c ON c.id = cy.subject_id JOIN client cl ON cl.id = c.client_id
            WHERE r.message_id IN (SELECT id FROM (SELECT m.id AS id {MessageFrom} WHERE {where} ORDER BY {order} LIMIT @Rows) picked) ORDER BY r.id
            """, args)).ToLookup(item => item.MessageId);
        return [.. rows.Select(row => Summary(row, [.. items[row.Id]]))];
    }

    private static MessageSummary Summary(MessageListRow row, IReadOnlyList<ItemRow> items) => new(
        row.Id, row.ShopId, row.Shop, items.Count > 0 ? items[0].Client : "", items.Count > 0 ? items[0].Email ?? row.Email : row.Email, row.Channel, row.Class, row.Mode, row.State,
        row.Hold, row.Reason, Values.Date(row.SlotOn), Values.Instant(row.CreatedAt), row.State == "sent" ? Instant(row.SentAt) : null,
        [.. items.Select(item => new MessageItem(item.ContractId, ReferenceOf(item.Source, item.ExternalKey), item.Step, item.State, item.Reason, Values.Date(item.Until)))]);

    private static DateTimeOffset? Instant(long? millis) => millis is { } at ? Values.Instant(at) : null;

    private sealed class MessageListRow
    {
        public string Id { get; init; } = "";
        public string ShopId { get; init; } = "";
        public string Shop { get; init; } = "";
        public string? Email { get; init; }
        public string Channel { get; init; } = "";
        public string Class { get; init; } = "";
        public string Mode { get; init; } = "";
        public string State { get; init; } = "";
        public string? Hold { get; init; }
        public string? Reason { get; init; }
        public string SlotOn { get; init; } = "";
        public long CreatedAt { get; init; }
        public string? ContentHash { get; init; }
        public string? ApprovedBy { get; init; }
        public long? SentAt { get; init; }
    }

    private sealed class ItemRow
    {
        public string MessageId { get; init; } = "";
        public string ContractId { get; init; } = "";
        public string Source { get; init; } = "";
        public string ExternalKey { get; init; } = "";
        public string Client { get; init; } = "";
        public string? Email { get; init; }
        public string Step { get; init; } = "";
        public string State { get; init; } = "";
        public string? Reason { get; init; }
        public string Until { get; init; } = "";
    }
}
