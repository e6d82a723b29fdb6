using System.Text.Json;
using Relance.Storage;

namespace Relance.Agency;

/// <summary>Which approvals to list, the one that expires first in front.</summary>
public sealed record ApprovalFilter(string? Shop = null, string? Step = null, string? After = null, int Limit = 50);

public sealed partial class AgencyReads
{
    // The subject is a contract, a client, a message or a shop: whichever it is, people want to see whose it is.
    private const string TaskSelect = """
        SELECT t.id AS Id, t.shop_id AS ShopId, s.name AS Shop, t.kind AS Kind, t.subject_id AS Subject, t.due_on AS DueOn, t.state AS State, t.data AS Data,
            t.created_at AS CreatedAt, t.outcome AS Outcome, t.note AS Note, t.closed_by AS ClosedBy, t.closed_at AS ClosedAt,
            c.id AS ContractId, c.source AS Source, c.external_key AS ExternalKey, COALESCE(cl.name, own.name) AS Client, m.id AS MessageId
        FROM task t LEFT JOIN shop s ON s.id = t.shop_id LEFT JOIN message m ON m.id = t.subject_id
        LEFT JOIN contract c ON c.id = COALESCE((SELECT MIN(cy.subject_id) FROM reminder r JOIN cycle cy ON cy.id = r.cycle_id WHERE r.message_id = t.subject_id), t.subject_id)
        LEFT JOIN client cl ON cl.id = c.client_id LEFT JOIN client own ON own.id = t.subject_id
        """;

    /// <summary>Tasks, the most urgent first.</summary>
    /// <exception cref="RefusedException">A filter names no such thing.</exception>
    public Task<Page<TaskItem>> TasksAsync(TaskFilter filter, CancellationToken ct) => database.ReadAsync(session => TasksAsync(session, filter), ct);

    /// <summary>One task.</summary>
    /// <exception cref="RefusedException">There is none with this id.</exception>
    public Task<TaskItem> TaskAsync(string id, string locale, CancellationToken ct) => database.ReadAsync(
        async session => await session.FirstAsync<TaskRow>($"{TaskSelect} WHERE t.id = @id", new { id }) is { } row ? Item(row, locale) : throw RefusedException.NotFound("task", id), ct);

    private async Task<Page<TaskItem>> TasksAsync(Session session, TaskFilter filter)
    {
        if (filter.State is not ("open" or "done"))
            throw RefusedException.Invalid("state", "open or done");
        var (day, id) = Paging.Key(filter.After).Split('|') is [var on, var after] ? (on, after) : ("", "");
        var rows = await session.QueryAsync<TaskRow>(
            $"""
            {TaskSelect} WHERE t.state = @State AND (t.due_on > @day OR (t.due_on = @day AND t.id > @id)) AND (@Shop IS NULL OR t.shop_id = @Shop)
            AND (@Kind IS NULL OR t.kind = @Kind) AND (@Subject IS NULL OR t.subject_id = @Subject) AND (@Before IS NULL OR t.due_on < @Before) ORDER BY t.due_on, t.id LIMIT @Rows
            """, new { filter.State, day, id, filter.Shop, filter.Kind, filter.Subject, Before = filter.Overdue ? Today.Text() : null, Rows = Paging.Rows(filter.Limit) });
        return Paging.Of([.. rows.Select(row => Item(row, filter.Locale))], filter.Limit, task => $"{task.DueOn.Text()}|{task.Id}");
    }

    private async Task<IReadOnlyList<TaskItem>> TasksOfAsync(Session session, ContractRow contract, string locale) =>
        [.. (await session.QueryAsync<TaskRow>(
            $"""
            {TaskSelect} WHERE t.state = 'open' AND (t.subject_id = @Id OR t.subject_id = @ClientId
            OR t.subject_id IN (SELECT r.message_id FROM reminder r JOIN cycle cy ON cy.id = r.cycle_id WHERE cy.subject_id = @Id)) ORDER BY t.due_on, t.id
            """, contract)).Select(row => Item(row, locale))];

    private TaskItem Item(TaskRow row, string locale)
    {
        var words = TaskCatalogue.Of(row.Kind).In(locale);
        using var data = JsonDocument.Parse(row.Data);
        var about = TaskTexts.In(locale, data.RootElement);
        var due = Values.Date(row.DueOn);
        return new TaskItem(
            row.Id, row.ShopId, row.Shop, row.Kind, row.Subject, words.Title, about, words.Script, words.Outcomes, due, row.State == "open" && due < Today, row.State,
            row.ContractId, row.Source is null ? null : ReferenceOf(row.Source, row.ExternalKey!), row.Client, row.MessageId, row.Outcome, row.Note, row.ClosedBy, Instant(row.ClosedAt), Values.Instant(row.CreatedAt));
    }

    /// <summary>Messages that wait for a yes, the one that expires first in front.</summary>
    public Task<Page<ApprovalItem>> ApprovalsAsync(ApprovalFilter filter, CancellationToken ct) => database.ReadAsync(session => ApprovalsAsync(session, filter), ct);

    private static async Task<Page<ApprovalItem>> ApprovalsAsync(Session session, ApprovalFilter filter)
    {
        const string Until = "(SELECT MIN(r.valid_until_on) FROM reminder r WHERE r.message_id = m.id AND r.state = 'planned')";
        var (day, id) = Paging.Key(filter.After).Split('|') is [var on, var after] ? (on, after) : ("", "");
        var messages = await MessagesAsync(
            session,
            $"""
            m.state = 'held' AND m.hold = 'approval' AND ({Until} > @day OR ({Until} = @day AND m.id > @id)) AND (@Shop IS NULL OR m.shop_id = @Shop)
            AND (@Step IS NULL OR EXISTS (SELECT 1 FROM reminder r WHERE r.message_id = m.id AND r.step = @Step AND r.state = 'planned'))
            """,
            $"{Until}, m.id",
            new { day, id, filter.Shop, filter.Step, Rows = Paging.Rows(filter.Limit) });
        var items = new List<ApprovalItem>();
        foreach (var m in messages)
        {
            var task = await session.ValueAsync<string>("SELECT id FROM task WHERE subject_id = @Id AND kind = 'approval' AND state = 'open'", new { m.Id });
            items.Add(new ApprovalItem(m.Id, m.ShopId, m.Shop, m.Client, m.Email, m.Class, m.Mode, m.On, m.Items.Where(i => i.State == "planned").Min(i => i.ValidUntil), task, m.Items));
        }

        return Paging.Of(items, filter.Limit, item => $"{item.Until.Text()}|{item.MessageId}");
    }

    private sealed class TaskRow
    {
        public string Id { get; init; } = "";
        public string? ShopId { get; init; }
        public string? Shop { get; init; }
        public string Kind { get; init; } = "";
        public string Subject { get; init; } = "";
        public string DueOn { get; init; } = "";
        public string State { get; init; } = "";
        public string Data { get; init; } = "";
        public long CreatedAt { get; init; }
        public string? Outcome { get; init; }
        public string? Note { get; init; }
        public string? ClosedBy { get; init; }
        public long? ClosedAt { get; init; }
        public string? ContractId { get; init; }
        public string? Source { get; init; }
        public string? ExternalKey { get; init; }
        public string? Client { get; init; }
        public string? MessageId { get; init; }
    }
}
