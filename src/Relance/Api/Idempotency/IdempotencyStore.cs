using Relance.Operations;
using Relance.Storage;

namespace Relance.Api;

/// <summary>What is known of an act asked for under an Idempotency-Key.</summary>
internal sealed record StoredAct
{
    public string Fingerprint { get; init; } = "";
    public long ClaimedAt { get; init; }
    public long? Status { get; init; }
    public string? ContentType { get; init; }
    public string? Location { get; init; }
    public string? Body { get; init; }
}

/// <summary>An answer, as it is kept to be given again.</summary>
internal sealed record StoredAnswer(int Status, string? ContentType, string? Location, byte[] Body);

/// <summary>
/// Claims acts before they are done and keeps their answers. The claim is committed first, so one key never does an act twice: a process that
/// dies in between leaves a claim without an answer, which is never run again.
/// </summary>
internal sealed class IdempotencyStore(Database database, Secrets secrets, Clocks clocks)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>After this long, a claim without an answer is nobody's any more.</summary>
    public static readonly TimeSpan LongestAct = TimeSpan.FromMinutes(10);

    /// <summary>Null when the act is the caller's to do; otherwise what was claimed before.</summary>
    public Task<StoredAct?> ClaimAsync(string accessKey, string key, string fingerprint, CancellationToken ct) => database.WriteAsync(async session =>
    {
        await session.ExecuteAsync("DELETE FROM idempotency WHERE claimed_at < @before", new { before = (clocks.Real - Kept).Millis() });
        var claimed = await session.ExecuteAsync(
            """
            INSERT INTO idempotency (access_key, idempotency_key, fingerprint, claimed_at) VALUES (@accessKey, @key, @fingerprint, @now)
            ON CONFLICT (access_key, idempotency_key) DO NOTHING
            """, new { accessKey, key, fingerprint, now = clocks.Real.Millis() });
        return claimed == 1 ? null : await session.FirstAsync<StoredAct>(
            """
            SELECT fingerprint AS Fingerprint, claimed_at AS ClaimedAt, status AS Status, content_type AS ContentType, location AS Location, body AS Body
            FROM idempotency WHERE access_key = @accessKey AND idempotency_key = @key
            """, new { accessKey, key });
    }, ct);

    /// <summary>Keeps the answer. Encrypted: that of a new key holds the key.</summary>
    public Task FinishAsync(string accessKey, string key, StoredAnswer answer) => database.WriteAsync(session => session.ExecuteAsync(
        """
        UPDATE idempotency SET status = @Status, content_type = @ContentType, location = @Location, body = @body
        WHERE access_key = @accessKey AND idempotency_key = @key
        """, new { Status = (long)answer.Status, answer.ContentType, answer.Location, body = secrets.Protect(Convert.ToBase64String(answer.Body)), accessKey, key }));

    /// <summary>Gives the claim back: the act was not done, and may be tried again under the same key.</summary>
    public Task ReleaseAsync(string accessKey, string key) => database.WriteAsync(session => session.ExecuteAsync(
        "DELETE FROM idempotency WHERE access_key = @accessKey AND idempotency_key = @key AND status IS NULL", new { accessKey, key }));

    /// <summary>Whether whoever claimed it may still be at it.</summary>
    public bool MayBeRunning(StoredAct act) => clocks.Real - Values.Instant(act.ClaimedAt) < LongestAct;

    /// <summary>The answer kept; null while there is none.</summary>
    public StoredAnswer? AnswerOf(StoredAct act) => act is { Status: { } status, Body: { } body }
        ? new((int)status, act.ContentType, act.Location, Convert.FromBase64String(secrets.Unprotect(body))) : null;
}
