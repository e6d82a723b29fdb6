using System.Security.Cryptography.X509Certificates;
using Relance.Channels;
using Relance.Channels.Smtp;
using Relance.Tests.Servers;

namespace Relance.Tests.Smtp;

public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    private SmtpOptions Options(RudeServer server, SmtpSecurity security) => Drafts.To(server.Port) with { Security = security, TrustedRoot = _authority.RootFile };

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.Tls)]
    public async Task A_good_certificate_is_taken_and_the_password_travels_only_inside(SmtpSecurity security)
    {
        using var certificate = _authority.Issue();
        await using var server = new RudeServer { Certificate = certificate, ImplicitTls = security is SmtpSecurity.Tls };

        var result = await Drafts.SendOnceAsync(Options(server, security) with { User = "agence", Password = "geheim" });

        result.Outcome.ShouldBe(SendOutcome.Accepted, result.Answer);
        server.Heard.Select(line => line.Split(' ', ':')[0]).ShouldBe(security is SmtpSecurity.Tls
            ? ["EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]
            : ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]);
    }

    [Theory]
    [InlineData("self-signed", SmtpSecurity.StartTls, "nobody we trust")]
    [InlineData("self-signed", SmtpSecurity.Tls, "nobody we trust")]
    [InlineData("other name", SmtpSecurity.StartTls, "another name")]
    [InlineData("other name", SmtpSecurity.Tls, "another name")]
    [InlineData("expired", SmtpSecurity.StartTls, "expired")]
    [InlineData("expired", SmtpSecurity.Tls, "expired")]
    public async Task A_bad_certificate_stops_everything_before_the_password(string fault, SmtpSecurity security, string reason)
    {
        using var certificate = Certificate(fault);
        await using var server = new RudeServer { Certificate = certificate, ImplicitTls = security is SmtpSecurity.Tls };

        var result = await Drafts.SendOnceAsync(Options(server, security) with { User = "agence", Password = "geheim" });

        result.Outcome.ShouldBe(SendOutcome.Misconfigured);
        result.Answer.ShouldContain(reason);
        server.Heard.ShouldNotContain(line => line.StartsWith("AUTH"));
    }

    private X509Certificate2 Certificate(string fault) => fault switch
    {
        "self-signed" => TestAuthority.SelfSigned(),
        "expired" => _authority.Issue(expired: true),
        _ => _authority.Issue("mail.other.example"),
    };

    [Fact]
    public async Task Without_a_root_of_our_own_the_systems_roots_decide()
    {
        using var certificate = _authority.Issue();
        await using var server = new RudeServer { Certificate = certificate };
        var result = await Drafts.SendOnceAsync(Options(server, SmtpSecurity.StartTls) with { TrustedRoot = null });
        result.Outcome.ShouldBe(SendOutcome.Misconfigured);
        result.Answer.ShouldContain("nobody we trust");
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_nothing()
    {
        await using var server = new RudeServer { More = "250-AUTH PLAIN\r\n" };
        var result = await Drafts.SendOnceAsync(Options(server, SmtpSecurity.StartTls));
        result.Outcome.ShouldBe(SendOutcome.Misconfigured);
        result.Answer.ShouldContain("does not offer STARTTLS");
        server.Heard.ShouldHaveSingleItem().ShouldStartWith("EHLO");
    }

    [Theory]
    [InlineData(Fault.Drop, SendOutcome.Deferred)]
    [InlineData(Fault.Silence, SendOutcome.Deferred)]
    [InlineData(Fault.Later, SendOutcome.Deferred)]
    [InlineData(Fault.Never, SendOutcome.Misconfigured)]
    [InlineData(Fault.Nonsense, SendOutcome.Deferred)]
    public async Task A_fault_at_STARTTLS_never_leads_to_clear_text(Fault fault, SendOutcome expected)
    {
        using var certificate = _authority.Issue();
        await using var server = new RudeServer { Certificate = certificate, Stage = "STARTTLS", Fault = fault };
        var options = Options(server, SmtpSecurity.StartTls) with { Timeouts = new() { Command = TimeSpan.FromSeconds(fault is Fault.Silence ? 1 : 20) } };
        (await Drafts.SendOnceAsync(options)).Outcome.ShouldBe(expected);
        server.Heard.ShouldNotContain(line => line.StartsWith("MAIL"));
    }

    [Fact]
    public async Task Clear_text_slipped_in_before_the_handshake_is_never_believed()
    {
        using var certificate = _authority.Issue();
        await using var server = new RudeServer { Certificate = certificate, Stage = "STARTTLS", Fault = Fault.Injection };
        var result = await Drafts.SendOnceAsync(Options(server, SmtpSecurity.StartTls) with { User = "agence", Password = "geheim" });
        result.Outcome.ShouldBe(SendOutcome.Misconfigured);
        server.Heard.ShouldNotContain(line => line.StartsWith("AUTH"));
        server.Heard.ShouldNotContain(line => line.StartsWith("MAIL"));
    }

    [Fact]
    public async Task TLS_to_a_port_that_speaks_clear_text_is_a_matter_of_settings()
    {
        await using var server = new RudeServer();
        (await Drafts.SendOnceAsync(Options(server, SmtpSecurity.Tls))).Outcome.ShouldBe(SendOutcome.Misconfigured);
    }

    [Fact]
    public async Task A_server_that_repeats_the_password_does_not_bring_it_into_the_journal()
    {
        await using var server = new RudeServer { Stage = "AUTH", Answer = (verb, _) => verb == "AUTH" ? "500 unknown: AUTH PLAIN AGFnZW5jZQBnZWhlaW0= (geheim)" : null };
        var result = await Drafts.SendOnceAsync(Drafts.To(server.Port) with { User = "agence", Password = "geheim" });
        result.Answer.ShouldBe("500 unknown: AUTH PLAIN ••• (•••)");
        result.Outcome.ShouldBe(SendOutcome.Misconfigured);
    }

    [Fact]
    public void Settings_never_print_their_password() =>
        new SmtpOptions { User = "agence", Password = "geheim" }.ToString().ShouldNotContain("geheim");
}
