using Relance.Channels;
using Relance.Operations;
using Relance.Outbox;
using Relance.Storage;

namespace Relance.Agency.Digest;

/// <summary>The table <c>digest</c>: a row a day, so that of several processes one sends, once.</summary>
internal sealed class DigestClaims(Database database, Clocks clocks)
{
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(5);
    // Times the number of attempts: a mail server that is down all day is asked a dozen times.
    private static readonly TimeSpan s_retry = TimeSpan.FromMinutes(10);

    /// <summary>Takes a day's digest; null when it has left, may have left, is empty, or is another's.</summary>
    public async Task<DigestClaim?> TakeAsync(DateOnly day, CancellationToken ct)
    {
        var claim = new DigestClaim(day, Values.NewId());
        var args = new { Day = day.Text(), claim.Lease, Until = (clocks.Real + s_lease).Millis(), Real = clocks.Real.Millis() };
        // An idle tick costs no commit.
        if (await database.ReadAsync(s => s.ValueAsync<long>("SELECT COUNT(*) FROM digest WHERE day = @Day AND (state IN ('sent', 'empty') OR handed_at IS NOT NULL)", args), ct) > 0)
            return null;
        return await database.WriteAsync(
            async session =>
                await session.ExecuteAsync("INSERT INTO digest (day, state, attempt, lease_owner, lease_until) VALUES (@Day, 'sending', 1, @Lease, @Until) ON CONFLICT (day) DO NOTHING", args) == 1
                || await session.ExecuteAsync(
                    """
                    UPDATE digest SET state = 'sending', attempt = attempt + 1, lease_owner = @Lease, lease_until = @Until
                    WHERE day = @Day AND handed_at IS NULL AND ((state = 'failed' AND retry_at <= @Real) OR (state = 'sending' AND lease_until <= @Real))
                    """, args) == 1,
            ct) ? claim : null;
    }

    /// <summary>Right before the body goes out: from here on it is never sent again, unless the server says that it did not take it.</summary>
    /// <exception cref="LeaseLostException">Another process has it.</exception>
    public async Task HandAsync(DigestClaim claim, string hash, CancellationToken ct)
    {
        var mine = await database.WriteAsync(s => s.ExecuteAsync(
            "UPDATE digest SET handed_at = @Real, content_hash = @hash WHERE day = @Day AND lease_owner = @Lease AND state = 'sending' AND lease_until > @Real",
            new { Day = claim.Day.Text(), claim.Lease, hash, Real = clocks.Real.Millis() }), ct);
        if (mine == 0)
            throw new LeaseLostException();
    }

    /// <summary>There was nothing to say.</summary>
    public Task EmptyAsync(DigestClaim claim, CancellationToken ct) => database.WriteAsync(s => s.ExecuteAsync(
        "UPDATE digest SET state = 'empty', lease_owner = NULL, lease_until = NULL WHERE day = @Day AND lease_owner = @Lease", new { Day = claim.Day.Text(), claim.Lease }), ct);

    /// <summary>Writes down how it went; what certainly did not leave is tried again that day.</summary>
    public Task FinishAsync(DigestClaim claim, SendResult result) => database.WriteAsync(
        s => s.ExecuteAsync(
            """
            UPDATE digest SET state = @State, answer = @Answer, lease_owner = NULL, lease_until = NULL, retry_at = @Real + attempt * @Step,
                handed_at = CASE WHEN @Left = 1 THEN handed_at ELSE NULL END
            WHERE day = @Day AND lease_owner = @Lease
            """, new
            {
                Day = claim.Day.Text(),
                claim.Lease,
                State = result.Outcome == SendOutcome.Accepted ? "sent" : "failed",
                result.Answer,
                Left = result.Outcome is SendOutcome.Accepted or SendOutcome.Unknown ? 1L : 0L,
                Real = clocks.Real.Millis(),
                Step = (long)s_retry.TotalMilliseconds,
            }),
        // Even while the service stops: the outcome is known.
        CancellationToken.None);
}
