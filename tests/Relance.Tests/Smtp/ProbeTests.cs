using Relance.Channels.Smtp;
using Relance.Tests.Servers;

namespace Relance.Tests.Smtp;

/// <summary>What the doctor says of a mail server: the fault and the mend, no secret.</summary>
public class ProbeTests
{
    [Fact]
    public async Task A_healthy_server_is_told_so_and_gets_no_mail()
    {
        await using var server = new RudeServer();
        await using var channel = Drafts.Channel(Drafts.To(server.Port) with { User = "agence", Password = "geheim" });
        var probe = await channel.ProbeAsync(default);
        probe.Healthy.ShouldBeTrue(probe.Message);
        server.Heard.Select(line => line.Split(' ')[0]).ShouldBe(["EHLO", "AUTH", "QUIT"]);
    }

    [Fact]
    public async Task A_dead_host_a_wrong_password_and_a_bad_certificate_each_have_their_mend()
    {
        using var certificate = TestAuthority.SelfSigned();
        await using var refusing = new RudeServer { Answer = (verb, _) => verb == "AUTH" ? "535 5.7.8 bad credentials" : null };
        await using var selfSigned = new RudeServer { Certificate = certificate };
        await using var clear = new RudeServer { More = "" };

        await ShouldSayAsync(Drafts.To(9) with { Host = "mail.invalid" }, "Smtp:Host");
        await ShouldSayAsync(Drafts.To(OwnedProcess.FreePort()), "Smtp:Port");
        await ShouldSayAsync(Drafts.To(refusing.Port) with { User = "agence", Password = "geheim" }, "Smtp:Password");
        await ShouldSayAsync(Drafts.To(selfSigned.Port) with { Security = SmtpSecurity.StartTls }, "Smtp:TrustedRoot");
        await ShouldSayAsync(Drafts.To(clear.Port) with { Security = SmtpSecurity.StartTls }, "Smtp:Security");
        await ShouldSayAsync(Drafts.To(clear.Port) with { Security = SmtpSecurity.Tls }, "Smtp:Security");
        await ShouldSayAsync(Drafts.To(clear.Port) with { User = "agence" }, "Smtp:Password is missing");
        await ShouldSayAsync(Drafts.To(70_000), "Smtp:Port is 70000");
    }

    private static async Task ShouldSayAsync(SmtpOptions options, string mend)
    {
        await using var channel = Drafts.Channel(options);
        var probe = await channel.ProbeAsync(default);
        probe.Healthy.ShouldBeFalse();
        $"{probe.Message} {probe.Mend}".ShouldContain(mend);
        $"{probe.Message} {probe.Mend}".ShouldNotContain("geheim");
    }
}
