using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Relance.Evidence.Checking;

/// <summary>Checks a time-stamp: over this very hash, signed, and by whom.</summary>
internal static class StampCheck
{
    // Extended key usage of time-stamping authorities (RFC 3161, 2.3).
    private static readonly Oid s_timeStamping = new("1.3.6.1.5.5.7.3.8");

    /// <summary>Adds what is wrong with it.</summary>
    /// <param name="hash">Of the entry, as the journal of the dossier says it.</param>
    public static CheckedStamp Check(DossierStamp stamp, byte[] bytes, string hash, X509Certificate2Collection? authorities, List<DossierFinding> findings)
    {
        if (!Rfc3161TimestampToken.TryDecode(bytes, out var token, out var read) || read != bytes.Length)
        {
            findings.Add(new("unreadable", stamp.File, stamp.Seq, "it is no time-stamp"));
            return new(stamp.Seq, null, null, null);
        }
        if (hash.Length != 64 || !token.VerifySignatureForHash(Convert.FromHexString(hash), HashAlgorithmName.SHA256, out var signer))
        {
            findings.Add(new("altered", stamp.File, stamp.Seq, FormattableString.Invariant($"it is not a signed time-stamp over the hash of entry {stamp.Seq}")));
            return new(stamp.Seq, token.TokenInfo.Timestamp, null, null);
        }
        bool? trusted = authorities is null ? null : IsTrusted(signer, token, authorities);
        if (trusted == false)
            findings.Add(new("untrusted", stamp.File, stamp.Seq, $"it is signed by {signer.Subject}, not under the authority that was given"));
        return new(stamp.Seq, token.TokenInfo.Timestamp, signer.Subject, trusted);
    }

    private static bool IsTrusted(X509Certificate2 signer, Rfc3161TimestampToken token, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
        chain.ChainPolicy.ApplicationPolicy.Add(s_timeStamping);
        chain.ChainPolicy.VerificationTime = token.TokenInfo.Timestamp.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        // A dossier is checked where there may be no network, and years later.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(signer);
    }
}
