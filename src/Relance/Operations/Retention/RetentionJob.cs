using Relance.Storage;

namespace Relance.Operations.Retention;

/// <summary>Forgets what has served, in small batches, so that nobody waits long for the writer. What it did is logged as counts.</summary>
internal sealed partial class RetentionJob(Database database, RelanceSettings settings, Clocks clocks, ILogger<RetentionJob> logger) : IJobBody
{
    private const int BatchSize = 500;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var total = 0;
        foreach (var (what, batch) in Batches())
        {
            var rows = 0;
            for (int done; (done = await database.WriteAsync(batch, ct)) > 0;)
                rows += done;
            if (rows > 0)
                Forgotten(what, rows);
            total += rows;
        }
        return total;
    }

    private IEnumerable<(string What, Func<Session, Task<int>> Batch)> Batches()
    {
        var keep = settings.Retention;
        yield return ("inbox", Old("inbox", "state = 'done' AND received_at < @At", clocks.Real.AddDays(-keep.InboxDays)));
        // A failed delivery still has its body, which may be about a person.
        yield return ("failed deliveries", Old("inbox", "state = 'failed' AND received_at < @At", clocks.Real.AddDays(-keep.FailedInboxDays)));
        yield return ("tasks", Old("task", "state = 'done' AND created_at < @At", clocks.Now.AddDays(-keep.TaskDays)));
        // Only notes: the other rows' keys are what keeps a renewal order from being made twice.
        yield return ("notes", Old("postback", "op = 'note' AND state = 'done' AND id < @Before", clocks.Real.AddDays(-keep.TaskDays)));
        yield return ("returned mails", session => OldMails.ForgetUnmatchedAsync(session, clocks.Real.AddDays(-keep.FailedInboxDays), clocks.Now, BatchSize));
        yield return ("evidence of persons who are forgotten", session => Privacy.KeptEvidence.EraseAsync(session, Today, clocks.Now));
        yield return ("attempts that were not accepted", session => OldMails.EraseUnacceptedAsync(session, clocks.Real.AddMonths(-keep.MailMonths), clocks.Now, BatchSize));
        yield return ("mails", session => OldMails.EraseAsync(session, clocks.Now.AddMonths(-keep.MailMonths), clocks.Now, BatchSize));
    }

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clocks.Now, settings.Calendar.TimeZone).DateTime);

    private static Func<Session, Task<int>> Old(string table, string which, DateTimeOffset before) => session => session.ExecuteAsync(
        $"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE {which} ORDER BY id LIMIT {BatchSize})",
        new { At = before.Millis(), Before = Guid.CreateVersion7(before).ToString("N")[..12] });

    [LoggerMessage(LogLevel.Information, "Retention: {Rows} rows of {What} forgotten")]
    private partial void Forgotten(string what, int rows);
}
