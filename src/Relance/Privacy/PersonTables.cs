using Relance.Storage;

namespace Relance.Privacy;

/// <summary>Where a person's data lies, table by table.</summary>
internal sealed class PersonTables(Session session, Person person)
{
    /// <summary>The rows of each table, by its name.</summary>
    public async Task<IReadOnlyList<(string Name, IReadOnlyList<IDictionary<string, object?>> Rows)>> AllAsync()
    {
        var args = new
        {
            clients = session.List(person.ClientIds),
            recipients = session.List(person.Recipients),
            contracts = session.List(person.Contracts),
            messages = session.List(await person.MessagesAsync()),
            subjects = session.List(await SubjectsAsync()),
        };
        var all = new List<(string, IReadOnlyList<IDictionary<string, object?>>)>();
        foreach (var (name, sql) in Statements())
            all.Add((name, [.. (await session.QueryAsync<dynamic>(sql, args)).Select(row => (IDictionary<string, object?>)row)]));
        return all;
    }

    /// <summary>Kept bytes: mails, mails that came back, people's words.</summary>
    public async Task<IReadOnlyList<Kept>> FilesAsync() => await session.QueryAsync<Kept>(
        $"""
        SELECT hash AS Hash, bytes AS Bytes FROM content WHERE erased_at IS NULL AND hash IN (
            SELECT content_hash FROM journal WHERE subject_id {session.In("@subjects")} UNION SELECT content_hash FROM message WHERE id {session.In("@messages")}
            UNION SELECT content_hash FROM attempt WHERE message_id {session.In("@messages")} UNION SELECT content_hash FROM inbound_mail WHERE message_id {session.In("@messages")}) ORDER BY hash
        """, new { subjects = session.List(await SubjectsAsync()), messages = session.List(await person.MessagesAsync()) });

    private async Task<IReadOnlyList<string>> SubjectsAsync() => [.. await person.MessagesAsync(), .. person.ClientIds, .. person.Contracts, .. person.Recipients];

    private IEnumerable<(string Name, string Sql)> Statements() =>
    [
        ("clients", $"SELECT * FROM client WHERE id {session.In("@clients")} ORDER BY id"),
        ("addresses", $"SELECT * FROM recipient WHERE id {session.In("@recipients")} ORDER BY id"),
        ("contracts", $"SELECT * FROM contract WHERE id {session.In("@contracts")} ORDER BY id"),
        ("orders", $"SELECT * FROM invoice WHERE contract_id {session.In("@contracts")} OR client_id {session.In("@clients")} ORDER BY id"),
        ("cycles", $"SELECT * FROM cycle WHERE subject_id {session.In("@contracts")} ORDER BY id"),
        ("reminders", $"SELECT * FROM reminder WHERE cycle_id IN (SELECT id FROM cycle WHERE subject_id {session.In("@contracts")}) ORDER BY id"),
        ("messages", $"SELECT * FROM message WHERE id {session.In("@messages")} ORDER BY id"),
        ("attempts", $"SELECT * FROM attempt WHERE message_id {session.In("@messages")} ORDER BY message_id, n"),
        ("returnedMails", $"SELECT * FROM inbound_mail WHERE message_id {session.In("@messages")} ORDER BY id"),
        ("tasks", $"SELECT * FROM task WHERE subject_id {session.In("@subjects")} ORDER BY id"),
        ("pauses", $"SELECT * FROM pause WHERE scope_id {session.In("@subjects")} ORDER BY id"),
        ("flags", $"SELECT * FROM flag WHERE scope_id {session.In("@subjects")} ORDER BY id"),
        ("toldToTheShop", $"SELECT * FROM postback WHERE subject_id {session.In("@contracts")} ORDER BY id"),
        ("journal", $"SELECT * FROM journal WHERE subject_id {session.In("@subjects")} ORDER BY shop_id, seq"),
        // Without the secret that the site signs with.
        ("sites", $"SELECT id, contract_id, url, linked_at, seen_at FROM site WHERE contract_id {session.In("@contracts")} ORDER BY id"),
        ("keptEvidence", $"SELECT * FROM kept_evidence WHERE contract_id {session.In("@contracts")} ORDER BY contract_id"),
    ];

    internal sealed class Kept
    {
        public string Hash { get; init; } = "";
        public byte[] Bytes { get; init; } = [];
    }
}
