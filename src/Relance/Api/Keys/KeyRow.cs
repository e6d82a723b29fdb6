using Relance.Storage;

namespace Relance.Api;

/// <summary>An access key as stored.</summary>
internal sealed record KeyRow
{
    public string Id { get; init; } = "";
    public string Hash { get; init; } = "";
    public string Name { get; init; } = "";
    public string Scope { get; init; } = "";
    public long CreatedAt { get; init; }
    public long? ExpiresAt { get; init; }
    public long? UsedAt { get; init; }
    public long? RevokedAt { get; init; }

    public const string Columns =
        "id AS Id, hash AS Hash, name AS Name, scope AS Scope, created_at AS CreatedAt, expires_at AS ExpiresAt, used_at AS UsedAt, revoked_at AS RevokedAt";

    public AccessKey ToKey() => new(Id, Name, Enum.Parse<KeyScope>(Scope, ignoreCase: true), Values.Instant(CreatedAt), At(ExpiresAt), At(UsedAt), At(RevokedAt));

    public static string Text(KeyScope scope) => scope.ToString().ToLowerInvariant();

    private static DateTimeOffset? At(long? millis) => millis is { } at ? Values.Instant(at) : null;
}
