using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Relance.Tests.Evidence;

/// <summary>A time-stamping authority of our own: OpenSSL's, behind HTTP on the loopback.</summary>
internal sealed class LocalAuthority : IAsyncDisposable
{
    private const string Settings = """
        [ tsa ]
        default_tsa = own
        [ own ]
        serial = serial
        signer_cert = tsa.pem
        certs = ca.pem
        signer_key = tsa.key
        signer_digest = sha256
        default_policy = 1.2.3.4.1
        digests = sha256
        accuracy = secs:1
        ess_cert_id_alg = sha256
        [ stamping ]
        basicConstraints = CA:FALSE
        keyUsage = critical,digitalSignature
        extendedKeyUsage = critical,timeStamping
        [ req ]
        distinguished_name = dn
        [ dn ]
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("relance-tsa-").FullName;
    private WebApplication _web = null!;

    /// <summary>Its root, as PEM.</summary>
    public string RootFile => Path.Combine(_folder, "ca.pem");

    public string Url { get; private set; } = "";

    /// <summary>What it answers instead of a time-stamp.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    public static async Task<LocalAuthority> StartAsync()
    {
        var authority = new LocalAuthority();
        await authority.MakeAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        authority._web = builder.Build();
        authority._web.MapPost("/tsa", authority.AnswerAsync);
        await authority._web.StartAsync();
        authority.Url = authority._web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/tsa";
        return authority;
    }

    /// <summary>Runs OpenSSL there; what it says.</summary>
    public async Task<(int Code, string Said)> OpenSslAsync(params string[] arguments)
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = _folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = openssl.StandardError.ReadToEndAsync();
        var said = await openssl.StandardOutput.ReadToEndAsync() + await error;
        await openssl.WaitForExitAsync();
        return (openssl.ExitCode, said);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task MakeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "tsa.cnf"), Settings);
        await File.WriteAllTextAsync(Path.Combine(_folder, "serial"), "01\n");
        await MustAsync("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "3650", "-subj", "/CN=Autorité de test");
        await MustAsync("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Horodatage de test");
        await MustAsync("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "tsa.pem", "-days", "3650", "-extfile", "tsa.cnf", "-extensions", "stamping");
    }

    private async Task MustAsync(params string[] arguments)
    {
        var (code, said) = await OpenSslAsync(arguments);
        code.ShouldBe(0, said);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (Instead is not null)
        {
            await Instead(http);
            return;
        }
        http.Request.ContentType.ShouldBe("application/timestamp-query");
        var (query, reply) = (Path.Combine(_folder, $"{Guid.NewGuid():N}.tsq"), Path.Combine(_folder, $"{Guid.NewGuid():N}.tsr"));
        await using (var file = File.Create(query))
            await http.Request.Body.CopyToAsync(file);
        await MustAsync("ts", "-reply", "-config", "tsa.cnf", "-queryfile", query, "-out", reply);
        http.Response.ContentType = "application/timestamp-reply";
        await http.Response.Body.WriteAsync(await File.ReadAllBytesAsync(reply));
    }
}
