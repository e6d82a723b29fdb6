using Relance.Operations;
using Relance.Storage;

namespace Relance.Dashboard;

/// <summary>Who is signed in, kept on the server: ending a session ends it everywhere.</summary>
internal sealed class Sessions(Database database, Clocks clocks)
{
    /// <summary>Without a request for so long, a session ends.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    /// <summary>A session ends after so long, however busy it was.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    // One write a page would be waste.
    private static readonly TimeSpan Coarse = TimeSpan.FromMinutes(5);

    /// <summary>Starts one; the token goes into the cookie.</summary>
    public Task<string> StartAsync(string accountId, CancellationToken ct) => database.WriteAsync(async session =>
    {
        var token = Tokens.New();
        await session.ExecuteAsync(
            "DELETE FROM account_session WHERE seen_at < @Idle OR created_at < @Longest",
            new { Idle = (clocks.Real - Idle).Millis(), Longest = (clocks.Real - Longest).Millis() });
        await session.ExecuteAsync(
            "INSERT INTO account_session (hash, account_id, created_at, seen_at) VALUES (@Hash, @Id, @Now, @Now)",
            new { Hash = Tokens.Hash(token), Id = accountId, Now = clocks.Real.Millis() });
        return token;
    }, ct);

    /// <summary>Whose session it is; null when it ended.</summary>
    public async Task<Account?> FindAsync(string token, CancellationToken ct)
    {
        if (!Tokens.IsToken(token))
            return null;
        var row = await database.ReadAsync(session => session.FirstAsync<SessionRow>(
            """
            SELECT a.id AS Id, a.email AS Email, a.name AS Name, s.created_at AS CreatedAt, s.seen_at AS SeenAt
            FROM account_session s JOIN account a ON a.id = s.account_id WHERE s.hash = @Hash
            """, new { Hash = Tokens.Hash(token) }), ct);
        if (row is null || clocks.Real - Values.Instant(row.SeenAt) > Idle || clocks.Real - Values.Instant(row.CreatedAt) > Longest)
            return null;
        if (clocks.Real - Values.Instant(row.SeenAt) > Coarse)
            await database.WriteAsync(s => s.ExecuteAsync("UPDATE account_session SET seen_at = @Now WHERE hash = @Hash", new { Hash = Tokens.Hash(token), Now = clocks.Real.Millis() }), ct);
        return new Account(row.Id, row.Email, row.Name, Ready: true);
    }

    /// <summary>Ends one.</summary>
    public Task EndAsync(string token, CancellationToken ct) =>
        database.WriteAsync(session => session.ExecuteAsync("DELETE FROM account_session WHERE hash = @Hash", new { Hash = Tokens.Hash(token) }), ct);

    /// <summary>Remembers a device on which the password was right; the token goes into a cookie that lasts.</summary>
    public Task<string> RememberAsync(string accountId, CancellationToken ct) => database.WriteAsync(async session =>
    {
        var token = Tokens.New();
        await session.ExecuteAsync("INSERT INTO account_device (hash, account_id, created_at) VALUES (@Hash, @Id, @Now)", new { Hash = Tokens.Hash(token), Id = accountId, Now = clocks.Real.Millis() });
        return token;
    }, ct);

    private sealed record SessionRow
    {
        public string Id { get; init; } = "";
        public string Email { get; init; } = "";
        public string Name { get; init; } = "";
        public long CreatedAt { get; init; }
        public long SeenAt { get; init; }
    }
}
