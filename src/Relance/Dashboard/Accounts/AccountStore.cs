using Relance.Storage;

namespace Relance.Dashboard;

/// <summary>Rows of accounts and of set-up links.</summary>
internal static class AccountStore
{
    private const string Columns = "SELECT id AS Id, email AS Email, name AS Name, password_hash AS PasswordHash, created_at AS CreatedAt FROM account";

    public static Task<IReadOnlyList<AccountRow>> AllAsync(Session session) => session.QueryAsync<AccountRow>($"{Columns} ORDER BY id");

    public static Task<AccountRow?> ByEmailAsync(Session session, string email) =>
        session.FirstAsync<AccountRow>($"{Columns} WHERE email_key = @Key", new { Key = KeyOf(email) });

    public static Task<AccountRow?> ByIdAsync(Session session, string id) => session.FirstAsync<AccountRow>($"{Columns} WHERE id = @Id", new { Id = id });

    public static async Task<AccountRow> AddAsync(Session session, string email, string name, DateTimeOffset now)
    {
        var row = new AccountRow { Id = Values.NewId(), Email = email, Name = name, CreatedAt = now.Millis() };
        await session.ExecuteAsync(
            "INSERT INTO account (id, email_key, email, name, created_at) VALUES (@Id, @Key, @Email, @Name, @CreatedAt)",
            new { row.Id, Key = KeyOf(email), row.Email, row.Name, row.CreatedAt });
        return row;
    }

    public static Task SetPasswordAsync(Session session, string id, string? hash) =>
        session.ExecuteAsync("UPDATE account SET password_hash = @Hash WHERE id = @Id", new { Id = id, Hash = hash });

    /// <summary>Ends every session and forgets every device and link of an account.</summary>
    public static async Task ForgetAsync(Session session, string id)
    {
        foreach (var table in new[] { "account_session", "account_device", "account_link" })
            await session.ExecuteAsync($"DELETE FROM {table} WHERE account_id = @Id", new { Id = id });
    }

    public static async Task RemoveAsync(Session session, string id)
    {
        await ForgetAsync(session, id);
        await session.ExecuteAsync("DELETE FROM account WHERE id = @Id", new { Id = id });
    }

    /// <summary>A new link; those made before for the same purpose stop working.</summary>
    public static async Task<string> LinkAsync(Session session, string? accountId, DateTimeOffset expires)
    {
        var token = Tokens.New();
        await session.ExecuteAsync(accountId is null ? "DELETE FROM account_link WHERE account_id IS NULL" : "DELETE FROM account_link WHERE account_id = @Id", new { Id = accountId });
        await session.ExecuteAsync("INSERT INTO account_link (hash, account_id, expires_at) VALUES (@Hash, @Id, @Expires)", new { Hash = Tokens.Hash(token), Id = accountId, Expires = expires.Millis() });
        return token;
    }

    public static Task<LinkRow?> FindLinkAsync(Session session, string token, DateTimeOffset now) => session.FirstAsync<LinkRow>(
        "SELECT hash AS Hash, account_id AS AccountId FROM account_link WHERE hash = @Hash AND expires_at > @Now", new { Hash = Tokens.Hash(token), Now = now.Millis() });

    /// <summary>Takes a link; false when somebody was faster.</summary>
    public static async Task<bool> TakeLinkAsync(Session session, LinkRow link) =>
        await session.ExecuteAsync("DELETE FROM account_link WHERE hash = @Hash", new { link.Hash }) == 1;

    // Mail servers may tell capitals apart; people do not.
    private static string KeyOf(string email) => email.Trim().ToLowerInvariant();
}

/// <summary>A stored account.</summary>
internal sealed record AccountRow
{
    public string Id { get; init; } = "";
    public string Email { get; init; } = "";
    public string Name { get; init; } = "";
    public string? PasswordHash { get; init; }
    public long CreatedAt { get; init; }
}

/// <summary>A stored set-up link.</summary>
internal sealed record LinkRow
{
    public string Hash { get; init; } = "";
    public string? AccountId { get; init; }
}
