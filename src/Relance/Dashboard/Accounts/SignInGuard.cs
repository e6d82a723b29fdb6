using Relance.Operations;
using Relance.Storage;

namespace Relance.Dashboard;

/// <summary>Slows guessing down, by bucket: an e-mail tried from unknown devices, an address, a known device.</summary>
/// <remarks>
/// Device cookies (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"): a device on which this account signed in before has a bucket
/// of its own, so that a stranger who locks the account locks strangers out, not its owner.
/// </remarks>
internal sealed class SignInGuard(Database database, Clocks clocks)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(24);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>How long to wait before a try; zero: this one may be made, and counts as wrong until <see cref="ClearAsync"/>.</summary>
    /// <remarks>Counted before the password is looked at: a thousand tries at the same moment are a thousand tries.</remarks>
    public async Task<TimeSpan> TakeAsync(IReadOnlyList<Bucket> buckets, CancellationToken ct)
    {
        // Most of a storm ends here, without a write.
        var wait = await database.ReadAsync(session => LongestAsync(session, buckets, "SELECT failures AS Failures, last_at AS LastAt FROM sign_in_failure WHERE bucket = @Key"), ct);
        return wait > TimeSpan.Zero ? wait : await database.WriteAsync(session => CountAsync(session, buckets), ct);
    }

    /// <summary>The right password was given.</summary>
    public Task ClearAsync(IReadOnlyList<Bucket> buckets, CancellationToken ct) => database.WriteAsync(async session =>
    {
        foreach (var bucket in buckets)
            await session.ExecuteAsync("DELETE FROM sign_in_failure WHERE bucket = @Key", new { bucket.Key });
    }, ct);

    private async Task<TimeSpan> CountAsync(Session session, IReadOnlyList<Bucket> buckets)
    {
        await session.ExecuteAsync("DELETE FROM sign_in_failure WHERE last_at < @Before", new { Before = (clocks.Real - Forgotten).Millis() });
        // The upsert that changes nothing locks the row: on PostgreSQL a second try waits here for the first.
        var wait = await LongestAsync(session, buckets, """
            INSERT INTO sign_in_failure (bucket, failures, last_at) VALUES (@Key, 0, @Now)
            ON CONFLICT (bucket) DO UPDATE SET last_at = sign_in_failure.last_at RETURNING failures AS Failures, last_at AS LastAt
            """);
        if (wait > TimeSpan.Zero)
            return wait;
        foreach (var bucket in buckets)
            await session.ExecuteAsync("UPDATE sign_in_failure SET failures = failures + 1, last_at = @Now WHERE bucket = @Key", new { bucket.Key, Now = clocks.Real.Millis() });
        return TimeSpan.Zero;
    }

    private async Task<TimeSpan> LongestAsync(Session session, IReadOnlyList<Bucket> buckets, string sql)
    {
        var longest = TimeSpan.Zero;
        // In one order everywhere, so that two tries never wait for each other.
        foreach (var bucket in buckets.OrderBy(b => b.Key, StringComparer.Ordinal))
        {
            var row = await session.FirstAsync<FailureRow>(sql, new { bucket.Key, Now = clocks.Real.Millis() });
            var left = row is null ? TimeSpan.Zero : Left(bucket, row);
            longest = left > longest ? left : longest;
        }
        return longest;
    }

    private TimeSpan Left(Bucket bucket, FailureRow row)
    {
        var beyond = row.Failures - bucket.Free;
        if (beyond < 0)
            return TimeSpan.Zero;
        var wait = TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << (int)Math.Min(beyond, 10), LongestWait.Ticks));
        return Values.Instant(row.LastAt) + wait - clocks.Real;
    }

    private sealed record FailureRow
    {
        public long Failures { get; init; }
        public long LastAt { get; init; }
    }
}

/// <summary>What wrong passwords are counted by.</summary>
/// <param name="Free">Wrong passwords before the first wait; it then doubles from 30 seconds to 15 minutes.</param>
internal sealed record Bucket(string Key, int Free);
