using Relance.Billing;
using Relance.Storage;

namespace Relance.Agency;

/// <summary>What waits for a person: answered, put off, taken up again.</summary>
public sealed class AgencyTasks
{
    private const int LongestDays = 366;
    private readonly AgencyDesk _desk;
    private readonly TaskAnswers _answers;

    internal AgencyTasks(AgencyDesk desk, TaskAnswers answers) => (_desk, _answers) = (desk, answers);

    /// <summary>Closes a task with one of its kind's outcomes; an outcome that acts is carried out first. A repeat of the same answer changes nothing.</summary>
    /// <exception cref="RefusedException">No such task or outcome, or what it would do is refused.</exception>
    public Task CloseAsync(string id, string outcome, Actor actor, CancellationToken ct) => CloseAsync(id, outcome, null, actor, ct);

    /// <inheritdoc cref="CloseAsync(string, string, Actor, CancellationToken)"/>
    /// <param name="note">What was said or done, in the person's words; some outcomes need it.</param>
    public async Task CloseAsync(string id, string outcome, string? note, Actor actor, CancellationToken ct)
    {
        var task = await FindAsync(id, ct);
        if (task is { State: "done" } && task.Outcome == outcome)
            return;
        if (task.State != "open")
            throw RefusedException.Conflict("task", "one that is open");
        var kind = TaskCatalogue.Of(task.Kind);
        if (!kind.Outcomes.Contains(outcome))
            throw RefusedException.Invalid("outcome", $"one of {string.Join(", ", kind.Outcomes)}");
        var words = note is null ? null : AgencyDesk.Words("note", note);
        await _answers.ActAsync(task, outcome, words, actor, ct);
        await _desk.Database.WriteAsync(session => CloseAsync(session, task, outcome, words, actor), ct);
    }

    /// <summary>Puts a task off.</summary>
    /// <param name="until">After today, a year ahead at most.</param>
    /// <exception cref="RefusedException">No such open task, or another day.</exception>
    public Task PostponeAsync(string id, DateOnly until, Actor actor, CancellationToken ct) => ChangeAsync(
        id, "task-postponed", actor, ct,
        async (session, task) =>
        {
            if (until <= _desk.Today || until > _desk.Today.AddDays(LongestDays))
                throw RefusedException.Invalid("until", $"a day after {_desk.Today:yyyy-MM-dd}, a year ahead at most");
            if (await session.ExecuteAsync("UPDATE task SET due_on = @Until WHERE id = @Id AND state = 'open'", new { task.Id, Until = until.Text() }) == 0)
                throw RefusedException.Conflict("task", "one that is open");
        });

    /// <summary>Opens a closed task again. What its outcome did has its own undo.</summary>
    /// <exception cref="RefusedException">No such task, or one about the same thing is open.</exception>
    public Task ReopenAsync(string id, Actor actor, CancellationToken ct) => ChangeAsync(
        id, "task-reopened", actor, ct,
        async (session, task) =>
        {
            if (task.State == "open")
                return;
            var key = task.DedupKey.EndsWith($":{task.Id}", StringComparison.Ordinal) ? task.DedupKey[..^(task.Id.Length + 1)] : task.DedupKey;
            if (await session.ValueAsync<long>("SELECT COUNT(*) FROM task WHERE dedup_key = @key AND id <> @Id", new { key, task.Id }) > 0)
                throw RefusedException.Conflict("task", "one whose subject has no newer open task");
            await session.ExecuteAsync(
                "UPDATE task SET state = 'open', outcome = NULL, note = NULL, closed_by = NULL, closed_at = NULL, dedup_key = @key WHERE id = @Id", new { key, task.Id });
        });

    /// <summary>Closes the task of a key with what a person answered elsewhere; its key is free for the next time.</summary>
    internal static Task AnsweredAsync(BillingContext context, string key, string outcome, string? note, Actor actor) => context.Session.ExecuteAsync(
        """
        UPDATE task SET state = 'done', outcome = @outcome, note = @note, closed_by = @By, closed_at = @Now, dedup_key = dedup_key || ':' || id
        WHERE dedup_key = @key AND state = 'open'
        """, new { key, outcome, note, By = actor.ToString(), Now = context.Now.Millis() });

    private async Task CloseAsync(Session session, AgencyTask task, string outcome, string? words, Actor actor)
    {
        // What the outcome did may have closed it already: then who answered is still worth keeping.
        var closed = await session.ExecuteAsync(
            """
            UPDATE task SET state = 'done', outcome = @outcome, note = COALESCE(@words, note), closed_by = @By, closed_at = @Now,
                dedup_key = CASE WHEN state = 'open' THEN dedup_key || ':' || id ELSE dedup_key END
            WHERE id = @Id AND (state = 'open' OR closed_by = 'relance')
            """, new { task.Id, outcome, words, By = actor.ToString(), Now = _desk.Now.Millis() });
        if (closed > 0 && task.ShopId is { } shop)
            await AgencyDesk.JournalAsync(await _desk.ContextAsync(session, shop), "task-closed", task.SubjectId, actor, words, ("task", task.Kind), ("outcome", outcome));
    }

    private Task ChangeAsync(string id, string kind, Actor actor, CancellationToken ct, Func<Session, AgencyTask, Task> work) => _desk.Database.WriteAsync(
        async session =>
        {
            var task = await AgencyTask.FindAsync(session, id);
            await work(session, task);
            if (task.ShopId is { } shop)
                await AgencyDesk.JournalAsync(await _desk.ContextAsync(session, shop), kind, task.SubjectId, actor, null, ("task", task.Kind));
        },
        ct);

    private Task<AgencyTask> FindAsync(string id, CancellationToken ct) => _desk.Database.ReadAsync(session => AgencyTask.FindAsync(session, id), ct);
}

/// <summary>A task's row.</summary>
internal sealed class AgencyTask
{
    public string Id { get; init; } = "";
    public string DedupKey { get; init; } = "";
    public string? ShopId { get; init; }
    public string Kind { get; init; } = "";
    public string SubjectId { get; init; } = "";
    public string State { get; init; } = "";
    public string? Outcome { get; init; }

    public static async Task<AgencyTask> FindAsync(Session session, string id) => await session.FirstAsync<AgencyTask>(
        "SELECT id AS Id, dedup_key AS DedupKey, shop_id AS ShopId, kind AS Kind, subject_id AS SubjectId, state AS State, outcome AS Outcome FROM task WHERE id = @id", new { id })
        ?? throw RefusedException.NotFound("task", id);
}
