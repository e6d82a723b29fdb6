using Relance.Storage;

namespace Relance.Bounces;

/// <summary>A mail as it came.</summary>
internal sealed class StoredMail
{
    public string Id { get; init; } = "";
    public string State { get; init; } = "";
    public string ContentHash { get; init; } = "";
    public string? Recipient { get; init; }
    public byte[] Bytes { get; init; } = [];
}

/// <summary>Mails that came back: <c>new</c>, then <c>done</c>, or <c>unmatched</c> and kept for a person.</summary>
internal static class InboundStore
{
    /// <summary>Stores a mail, once however often it is delivered.</summary>
    public static async Task<StoredMail> AddAsync(Session session, ReadOnlyMemory<byte> mail, string? recipient, DateTimeOffset real)
    {
        var row = new { Id = Values.NewId(), Hash = Values.Hash(mail.Span), Bytes = mail.ToArray(), recipient, At = real.Millis() };
        await session.ExecuteAsync("INSERT INTO content (hash, bytes) VALUES (@Hash, @Bytes) ON CONFLICT (hash) DO NOTHING", row);
        await session.ExecuteAsync(
            "INSERT INTO inbound_mail (id, content_hash, received_at, recipient, state) VALUES (@Id, @Hash, @At, @recipient, 'new') ON CONFLICT (content_hash) DO NOTHING", row);
        return (await session.FirstAsync<StoredMail>("SELECT id AS Id, state AS State FROM inbound_mail WHERE content_hash = @Hash", row))!;
    }

    public static Task<StoredMail?> FindAsync(Session session, string id) => session.FirstAsync<StoredMail>(
        """
        SELECT i.id AS Id, i.state AS State, i.content_hash AS ContentHash, i.recipient AS Recipient, c.bytes AS Bytes
        FROM inbound_mail i JOIN content c ON c.hash = i.content_hash WHERE i.id = @id
        """, new { id });

    /// <summary>Unread ones that came before an instant, oldest first.</summary>
    public static Task<IReadOnlyList<string>> WaitingAsync(Session session, DateTimeOffset before) => session.QueryAsync<string>(
        "SELECT id FROM inbound_mail WHERE state = 'new' AND received_at < @Before ORDER BY received_at LIMIT 500", new { Before = before.Millis() });

    /// <summary>Takes an unread mail for the transaction that applies it; false when somebody else has.</summary>
    public static async Task<bool> FinishAsync(Session session, string id, string state, string kind, string? messageId, string? outcome, string? status) =>
        await session.ExecuteAsync(
            "UPDATE inbound_mail SET state = @state, kind = @kind, message_id = @messageId, outcome = @outcome, status = @status WHERE id = @id AND state = 'new'",
            new { id, state, kind, messageId, outcome, status }) == 1;

    public static async Task<InboundResult> ResultAsync(Session session, string id)
    {
        var row = (await session.FirstAsync<Row>("SELECT id AS Id, state AS State, kind AS Kind, message_id AS MessageId, outcome AS Outcome FROM inbound_mail WHERE id = @id", new { id }))!;
        return new InboundResult(row.Id, row.State, row.Kind, row.MessageId, row.Outcome);
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string State { get; init; } = "";
        public string? Kind { get; init; }
        public string? MessageId { get; init; }
        public string? Outcome { get; init; }
    }
}
