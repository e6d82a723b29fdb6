namespace Relance.Api;

/// <summary>What a key may do; each includes the ones before it.</summary>
public enum KeyScope
{
    /// <summary>Look at everything but the keys.</summary>
    Read,

    /// <summary>Decide what a person decides each day: approve, pause, mark paid, close tasks, import.</summary>
    Act,

    /// <summary>Link shops, set them live, say who the sender is, make keys, back up and restore.</summary>
    Admin,
}

/// <summary>An access key as it may be shown: never the key itself.</summary>
/// <param name="Id">The public part, which the key starts with after <c>relance_</c>.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when it no longer works; null: never.</param>
/// <param name="UsedAt">When it was last used, to the hour.</param>
/// <param name="RevokedAt">Since when it no longer works; null: it is not revoked.</param>
public sealed record AccessKey(
    string Id, string Name, KeyScope Scope, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? UsedAt, DateTimeOffset? RevokedAt)
{
    /// <summary>An example for the documentation.</summary>
    public static AccessKey Example { get; } = new("k4m7q2x9ad", "crm", KeyScope.Act, ApiExample.Instant, null, ApiExample.Instant.AddHours(2), null);

    /// <summary>Whether it works at an instant of real time.</summary>
    public bool WorksAt(DateTimeOffset instant) => RevokedAt is null && (ExpiresAt is null || instant < ExpiresAt);
}

/// <summary>A key that was just made.</summary>
/// <param name="Secret">The whole key: shown this once, and stored nowhere.</param>
/// <param name="Key">What stays of it.</param>
public sealed record NewKey(string Secret, AccessKey Key)
{
    /// <summary>An example for the documentation.</summary>
    public static NewKey Example { get; } = new($"relance_{AccessKey.Example.Id}_{new string('0', 64)}", AccessKey.Example);

    // The compiler's own ToString would print the key.
    /// <inheritdoc/>
    public override string ToString() => Key.ToString();
}
