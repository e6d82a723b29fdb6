using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Relance.Channels.Smtp;

/// <summary>The TLS handshake; the certificate is always checked, and what is wrong with it is said in words.</summary>
internal sealed class SmtpTls(SmtpOptions options)
{
    private string? _problem;

    /// <summary>Shakes hands over an open connection.</summary>
    /// <exception cref="SmtpFailure">Misconfigured: the certificate or the protocol is not acceptable.</exception>
    public async Task<SslStream> ProtectAsync(Stream clear, CancellationToken ct)
    {
        var tls = new SslStream(clear);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = options.Host, RemoteCertificateValidationCallback = Check, CertificateChainPolicy = Policy() }, ct);
            return tls;
        }
        catch (AuthenticationException e)
        {
            await tls.DisposeAsync();
            throw SmtpFailure.Misconfigured($"TLS with {options.Host} failed: {_problem ?? e.Message}", e);
        }
    }

    private X509ChainPolicy? Policy()
    {
        if (options.TrustedRoot is null)
            return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(options.TrustedRoot));
        return policy;
    }

    private bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        var faults = chain?.ChainStatus.Select(status => Words(status.Status)).Distinct(StringComparer.Ordinal) ?? [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            faults = faults.Append("its certificate is made out to another name");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            faults = faults.Append("it shows no certificate");
        _problem = string.Join(", ", faults);
        return false;
    }

    private static string Words(X509ChainStatusFlags status) => status switch
    {
        X509ChainStatusFlags.NotTimeValid => "its certificate has expired or is not valid yet",
        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain => "its certificate was issued by nobody we trust",
        _ => $"its certificate is not acceptable ({status})",
    };
}
