using Relance.Agency;

namespace Relance.Operations.Backup;

/// <summary>How the key ring lies in a backup: encrypted by a passphrase, or, if somebody insists, in clear text.</summary>
public sealed record KeyCover
{
    /// <summary>The fewest characters of a passphrase.</summary>
    public const int ShortestPassphrase = 12;

    private KeyCover(string? passphrase) => Passphrase = passphrase;

    /// <summary>Null: clear text.</summary>
    internal string? Passphrase { get; }

    /// <summary>Whoever has the file can then read the shops' keys in it.</summary>
    public static KeyCover Plain { get; } = new((string?)null);

    /// <summary>AES-256-GCM under a key made by PBKDF2.</summary>
    /// <exception cref="RefusedException">Fewer than twelve characters.</exception>
    public static KeyCover With(string passphrase) => passphrase.Length >= ShortestPassphrase
        ? new(passphrase)
        : throw RefusedException.Invalid("passphrase", $"expected at least {ShortestPassphrase} characters");

    // The compiler's own ToString would print the passphrase.
    /// <inheritdoc/>
    public override string ToString() => Passphrase is null ? "plain" : "encrypted";
}
