using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Relance.Agency;

namespace Relance.Operations.Backup;

/// <summary>One key of the key ring.</summary>
internal sealed record SavedKey(string Name, string Xml);

/// <summary>The key ring in a backup. Encrypted, it also vouches for the tables: their hashes are its associated data.</summary>
internal static class KeyEnvelope
{
    public const string PlainEntry = "keys.json";
    public const string EncryptedEntry = "keys.enc.json";

    // OWASP Password Storage Cheat Sheet (2023) for PBKDF2-HMAC-SHA256.
    private const int Iterations = 600_000;
    private const int LargestIterations = 10_000_000;

    /// <summary>The entry's bytes.</summary>
    public static byte[] Seal(IReadOnlyList<SavedKey> keys, KeyCover cover, IReadOnlyList<BackupTable> tables)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(keys, BackupManifest.Json);
        if (cover.Passphrase is not { } passphrase)
            return plain;
        var (salt, nonce) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize));
        var (data, tag) = (new byte[plain.Length], new byte[AesGcm.TagByteSizes.MaxSize]);
        using var aes = Cipher(passphrase, salt, Iterations, tag.Length);
        aes.Encrypt(nonce, plain, data, tag, Associated(tables));
        return JsonSerializer.SerializeToUtf8Bytes(new Envelope("pbkdf2-sha256, aes-256-gcm", Iterations, salt, nonce, tag, data), BackupManifest.Json);
    }

    /// <summary>The keys.</summary>
    /// <exception cref="RefusedException">Another passphrase, or keys or tables that were changed.</exception>
    public static IReadOnlyList<SavedKey> Open(byte[] entry, bool encrypted, string? passphrase, IReadOnlyList<BackupTable> tables)
    {
        if (!encrypted)
            return Read<List<SavedKey>>(entry);
        if (passphrase is null)
            throw RefusedException.Invalid("passphrase", "expected the one this backup was made with; its key ring is encrypted");
        var sealedKeys = Read<Envelope>(entry);
        if (sealedKeys.Iterations is < 1 or > LargestIterations || sealedKeys.Tag.Length != AesGcm.TagByteSizes.MaxSize || sealedKeys.Nonce.Length != AesGcm.NonceByteSizes.MaxSize)
            throw RefusedException.Invalid("backup", $"expected the parameters that Relance writes in {EncryptedEntry}");
        var plain = new byte[sealedKeys.Data.Length];
        using var aes = Cipher(passphrase, sealedKeys.Salt, sealedKeys.Iterations, sealedKeys.Tag.Length);
        try
        {
            aes.Decrypt(sealedKeys.Nonce, sealedKeys.Data, sealedKeys.Tag, plain, Associated(tables));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw RefusedException.Invalid("passphrase", "this is not the one this backup was made with, or the file was changed since");
        }
        return Read<List<SavedKey>>(plain);
    }

    private static AesGcm Cipher(string passphrase, byte[] salt, int iterations, int tag) =>
        new(Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, HashAlgorithmName.SHA256, 32), tag);

    private static byte[] Associated(IReadOnlyList<BackupTable> tables) =>
        Encoding.UTF8.GetBytes(string.Join('\n', tables.Select(table => FormattableString.Invariant($"{table.Name} {table.Rows} {table.Hash}"))));

    private static T Read<T>(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, BackupManifest.Json) ?? throw RefusedException.Invalid("backup", "expected a key ring, got null");
        }
        catch (JsonException)
        {
            throw RefusedException.Invalid("backup", "expected a key ring in the JSON that Relance writes");
        }
    }

    private sealed record Envelope(string How, int Iterations, byte[] Salt, byte[] Nonce, byte[] Tag, byte[] Data);
}
