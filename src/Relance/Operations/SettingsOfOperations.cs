namespace Relance.Operations;

/// <summary>How backups are made.</summary>
public sealed record BackupSettings
{
    /// <summary>Encrypts the key ring in backups; at least twelve characters. Never printed.</summary>
    public string? Passphrase { get; init; }

    // The compiler's own ToString would print the passphrase.
    /// <inheritdoc/>
    public override string ToString() => Passphrase is null ? "no passphrase" : "a passphrase";
}
