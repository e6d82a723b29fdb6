using System.Collections.Concurrent;
using System.Text.Json;
using Relance.Storage;

namespace Relance.Operations.Heartbeats;

/// <summary>Tells the agency that something does not run: once per incident, again each day, and when it is over. A task says it as well, should the mail not leave.</summary>
internal sealed partial class Alarms(Database database, AlarmMail mail, Clocks clocks, ILogger<Alarms> logger)
{
    private static readonly TimeSpan s_again = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_retry = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, bool> _unheard = new(StringComparer.Ordinal);

    /// <summary>Whether an alarm could not be mailed although somebody wanted it: then only health can tell.</summary>
    public bool Unheard => !_unheard.IsEmpty;

    /// <summary>Raises an alarm, or repeats it when its day has come. Several processes may; one mails.</summary>
    /// <param name="subject">What the incident is about, such as <c>job:sync</c>.</param>
    /// <param name="about">One sentence for people, without personal data.</param>
    public async Task RaiseAsync(string subject, string about, CancellationToken ct)
    {
        var due = await database.WriteAsync(async session =>
        {
            if (await session.ExecuteAsync("INSERT INTO job_alarm (subject, since) VALUES (@subject, @Now) ON CONFLICT (subject) DO NOTHING", new { subject, Now = clocks.Real.Millis() }) == 1)
                await OpenTaskAsync(session, subject, about);
            return await session.ExecuteAsync(
                "UPDATE job_alarm SET mailed_at = @Now WHERE subject = @subject AND (mailed_at IS NULL OR mailed_at <= @Before)",
                new { subject, Now = clocks.Real.Millis(), Before = (clocks.Real - s_again).Millis() }) == 1;
        }, ct);
        if (!due)
            return;
        Raised(subject, about);
        if (!mail.IsWanted || await mail.SendAsync("Relance : quelque chose ne tourne plus", about, ct))
        {
            _unheard.TryRemove(subject, out _);
            return;
        }
        _unheard[subject] = true;
        await database.WriteAsync(s => s.ExecuteAsync("UPDATE job_alarm SET mailed_at = @At WHERE subject = @subject", new { subject, At = (clocks.Real - s_again + s_retry).Millis() }), ct);
    }

    /// <summary>Ends an alarm; nothing happens when there was none.</summary>
    public async Task EndAsync(string subject, string about, CancellationToken ct)
    {
        var ended = await database.WriteAsync(async session =>
        {
            var rows = await session.ExecuteAsync("DELETE FROM job_alarm WHERE subject = @subject", new { subject });
            await session.ExecuteAsync("UPDATE task SET state = 'done', dedup_key = dedup_key || ':' || id WHERE dedup_key = @Key AND state = 'open'", new { Key = Key(subject) });
            return rows == 1;
        }, ct);
        if (!ended)
            return;
        Ended(subject);
        _unheard.TryRemove(subject, out _);
        if (mail.IsWanted)
            await mail.SendAsync("Relance : rétabli", about, ct);
    }

    private static string Key(string subject) => $"alarm:{subject}";

    private Task<int> OpenTaskAsync(Session session, string subject, string about) => session.ExecuteAsync(
        """
        INSERT INTO task (id, dedup_key, kind, subject_id, due_on, state, data, created_at)
        VALUES (@Id, @Key, 'alarm', @subject, @Today, 'open', @Data, @Now) ON CONFLICT (dedup_key) DO NOTHING
        """, new
        {
            Id = Values.NewId(),
            Key = Key(subject),
            subject,
            Today = DateOnly.FromDateTime(clocks.Real.UtcDateTime).Text(),
            Data = JsonSerializer.Serialize(new Dictionary<string, string> { ["about"] = about }),
            Now = clocks.Real.Millis(),
        });

    [LoggerMessage(LogLevel.Error, "Alarm {Subject}: {About}")]
    private partial void Raised(string subject, string about);

    [LoggerMessage(LogLevel.Information, "Alarm {Subject} is over")]
    private partial void Ended(string subject);
}
