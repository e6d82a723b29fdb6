using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Relance.Tests.Servers;

/// <summary>A certificate authority of our own, for servers of the tests.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root;
    private readonly string _folder = Directory.CreateTempSubdirectory("relance-ca-").FullName;

    public TestAuthority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Relance tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _root = request.CreateSelfSigned(Now.AddYears(-3), Now.AddYears(3));
        RootFile = Path.Combine(_folder, "root.pem");
        File.WriteAllText(RootFile, _root.ExportCertificatePem());
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>The root as PEM: what <c>Smtp:TrustedRoot</c> takes.</summary>
    public string RootFile { get; }

    public X509Certificate2 Issue(string name = "localhost", bool expired = false)
    {
        using var key = RSA.Create(2048);
        using var issued = Request(name, key).Create(_root, Now.AddYears(-2), expired ? Now.AddDays(-1) : Now.AddYears(1), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    public static X509Certificate2 SelfSigned(string name = "localhost")
    {
        using var key = RSA.Create(2048);
        return Request(name, key).CreateSelfSigned(Now.AddDays(-1), Now.AddYears(1));
    }

    private static CertificateRequest Request(string name, RSA key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
