using System.Security.Cryptography;
using Relance.Operations;
using Relance.Shops;
using Relance.Tests.Servers;
using static Relance.Tests.Servers.DnsmasqServer;

namespace Relance.Tests.Dns;

/// <summary>What a real name server says about the domain that mails come from, and what the doctor makes of it.</summary>
public sealed class Doctor_looks_at_the_senders_domain
{
    private const string Mx = "mx-host=agence.fr,mail.agence.fr,10", Spf = "v=spf1 a:mail.agence.fr ~all", Policy = "v=DMARC1; p=quarantine; rua=mailto:dmarc@agence.fr";

    private static readonly string s_key = Key(2048);

    [Fact]
    public async Task A_domain_that_publishes_everything_is_well()
    {
        var found = await ExamineAsync(Mx, Txt("agence.fr", Spf), Txt("r1._domainkey.agence.fr", s_key), Txt("_dmarc.agence.fr", Policy));
        found.ShouldAllBe(finding => finding.Level == FindingLevel.Ok);
        found.Select(finding => finding.Check).ShouldBe(["SPF agence.fr", "DKIM agence.fr", "DMARC agence.fr"]);
        found[1].Message.ShouldBe("r1._domainkey.agence.fr holds an RSA key of 2048 bits.");
    }

    [Fact]
    public async Task One_that_publishes_nothing_is_told_what_to_publish()
    {
        var found = await ExamineAsync("host-record=agence.fr,192.0.2.1");
        found.Select(finding => $"{finding.Level} {finding.Mend}").ShouldBe([
            "Warning Publish: agence.fr. TXT \"v=spf1 a:smtp.provider.fr ~all\"",
            "Fault Publish what your mail provider gives for it: r1._domainkey.agence.fr. TXT \"v=DKIM1; k=rsa; p=…\", or a CNAME. Or correct Relance:Mail:DkimSelector.",
            "Warning Publish: _dmarc.agence.fr. TXT \"v=DMARC1; p=none; rua=mailto:postmaster@agence.fr\"",
        ]);
    }

    [Fact]
    public async Task One_that_does_not_exist_is_a_fault() => (await ExamineAsync()).ShouldHaveSingleItem().ShouldBe(
        Finding.Fault("domain agence.fr", "There is no such domain: receivers refuse mail from it.", "Correct the address in From (Relance:Smtp:From, Relance:Sender:From, or the shop's identity)."));

    [Theory]
    [InlineData("v=spf1 -all|v=spf1 a mx ~all", FindingLevel.Fault, "publishes 2 SPF records", "TXT \"v=spf1 a mx ~all\"")]
    [InlineData("v=spf1 +all", FindingLevel.Fault, "lets everybody send", "v=spf1 ~all")]
    [InlineData("v=spf1 mx ALL", FindingLevel.Fault, "lets everybody send", "v=spf1 mx ~all")]
    [InlineData("v=spf1 mx", FindingLevel.Warning, "says nothing about other machines", "v=spf1 mx ~all")]
    [InlineData("v=spf1 mx ?all", FindingLevel.Warning, "says nothing about other machines", "~all")]
    [InlineData("v=spf1 ipv4:192.0.2.1 -all", FindingLevel.Fault, "'ipv4:192.0.2.1' of agence.fr is no term", "Correct")]
    [InlineData("v=spf1 ip4:192.0.2.300 -all", FindingLevel.Fault, "'ip4:192.0.2.300'", "Correct")]
    [InlineData("v=spf1 ip6:192.0.2.1 -all", FindingLevel.Fault, "'ip6:192.0.2.1'", "Correct")]
    [InlineData("v=spf1 include:nowhere.fr -all", FindingLevel.Fault, "leads to 'nowhere.fr', which has 0 SPF records", "Correct")]
    [InlineData("v=spf1 include:two.fr -all", FindingLevel.Fault, "leads to 'two.fr', which has 2 SPF records", "Correct")]
    [InlineData("v=spf1 include:agence.fr -all", FindingLevel.Fault, "more than 10 questions", "Take includes")]
    [InlineData("v=spf1 a mx ptr exists:x.fr a:a.fr a:b.fr a:c.fr a:d.fr a:e.fr a:f.fr a:g.fr -all", FindingLevel.Fault, "more than 10 questions", "Take includes")]
    [InlineData("v=spf1 include: -all", FindingLevel.Fault, "leads to ''", "Correct")]
    [InlineData("v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 a/24 mx:mail.fr//64 exp=explain.fr unknown=x ~all", FindingLevel.Ok, "2 of 10 further questions", null)]
    [InlineData("v=spf1 redirect=good.fr", FindingLevel.Ok, "2 of 10 further questions", null)]
    [InlineData("v=spf1 include:%{i}.spf.fr -all", FindingLevel.Ok, "1 of 10 further questions", null)]
    [InlineData("V=SPF1 -all", FindingLevel.Ok, "0 of 10 further questions", null)]
    [InlineData("v=spf10 -all", FindingLevel.Warning, "publishes no SPF record", "Publish")]
    public async Task SPF(string records, FindingLevel level, string message, string? mend)
    {
        var found = (await ExamineAsync([Mx, Txt("good.fr", "v=spf1 a -all"), Txt("two.fr", "v=spf1 -all"), Txt("two.fr", "v=spf1 ~all"), .. records.Split('|').Select(record => Txt("agence.fr", record))]))[0];
        found.ShouldSatisfyAllConditions(f => f.Check.ShouldBe("SPF agence.fr"), f => f.Level.ShouldBe(level), f => f.Message.ShouldContain(message), f => (f.Mend ?? "").ShouldContain(mend ?? ""));
    }

    [Theory]
    [InlineData("v=DKIM1; p=", FindingLevel.Fault, "its key is empty: it was withdrawn")]
    [InlineData("v=DKIM1; k=rsa; p=%%%", FindingLevel.Fault, "its key is no base64")]
    [InlineData("v=DKIM1; k=rsa; p=AAAA", FindingLevel.Fault, "its key is no RSA key")]
    [InlineData("v=DKIM1; k=dsa; p=AAAA", FindingLevel.Fault, "no receiver knows keys of the kind 'dsa'")]
    [InlineData("v=DKIM1; k=ed25519; p=AAAA", FindingLevel.Fault, "its key is no Ed25519 key")]
    [InlineData("v=DKIM1; k=ed25519; p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", FindingLevel.Ok, "an Ed25519 key")]
    [InlineData("v=DKIM2; p=AAAA", FindingLevel.Fault, "it is no DKIM record")]
    [InlineData("bonjour", FindingLevel.Fault, "it is no DKIM record")]
    public async Task DKIM(string record, FindingLevel level, string message)
    {
        var found = (await ExamineAsync(Mx, Txt("agence.fr", Spf), Txt("r1._domainkey.agence.fr", record)))[1];
        found.ShouldSatisfyAllConditions(f => f.Check.ShouldBe("DKIM agence.fr"), f => f.Level.ShouldBe(level), f => f.Message.ShouldContain(message));
    }

    [Fact]
    public async Task A_short_key_a_test_and_an_alias_are_seen()
    {
        (await DkimAsync(Txt("r1._domainkey.agence.fr", Key(1024)))).ShouldSatisfyAllConditions(f => f.Level.ShouldBe(FindingLevel.Warning), f => f.Message.ShouldContain("1024 bits"));
        (await DkimAsync(Txt("r1._domainkey.agence.fr", Key(512)))).ShouldSatisfyAllConditions(f => f.Level.ShouldBe(FindingLevel.Fault), f => f.Message.ShouldContain("512 bits"));
        (await DkimAsync(Txt("r1._domainkey.agence.fr", s_key + "; t=y"))).Message.ShouldContain("t=y");
        (await DkimAsync("cname=r1._domainkey.agence.fr,k.provider.fr", Txt("k.provider.fr", s_key))).Level.ShouldBe(FindingLevel.Ok);
    }

    [Fact]
    public async Task Without_a_selector_DKIM_is_not_checked_and_says_how()
    {
        using var server = await StartAsync(Mx, Txt("agence.fr", Spf));
        var found = (await ExamineAsync(Settings(server) with { Mail = new() }))[1];
        (found.Level, found.Message, found.Mend).ShouldBe((FindingLevel.Warning, "Not checked: the selector of your mail provider is not known.",
            "Set Relance:Mail:DkimSelector; it is the s= in the DKIM-Signature of a mail that you received from yourself."));
    }

    [Theory]
    [InlineData("_dmarc.agence.fr", "v=DMARC1; p=reject", FindingLevel.Ok, "asks for reject")]
    [InlineData("_dmarc.agence.fr", "v=DMARC1;p=none", FindingLevel.Ok, "asks for none")]
    [InlineData("_dmarc.agence.fr", "v=DMARC1; p=perhaps", FindingLevel.Fault, "neither none, quarantine nor reject")]
    [InlineData("_dmarc.agence.fr", "v=DMARC1", FindingLevel.Fault, "neither none, quarantine nor reject")]
    [InlineData("_dmarc.agence.fr", "v=DMARC1; nonsense", FindingLevel.Fault, "neither none, quarantine nor reject")]
    [InlineData("_dmarc.agence.fr", "v=DMARC1; p=none|v=DMARC1; p=reject", FindingLevel.Fault, "holds 2 policies")]
    [InlineData("_dmarc.agence.fr", "v=dmarc1; p=none", FindingLevel.Warning, "publishes no DMARC policy")]
    public async Task DMARC(string name, string records, FindingLevel level, string message)
    {
        var found = (await ExamineAsync([Mx, Txt("agence.fr", Spf), .. records.Split('|').Select(record => Txt(name, record))]))[2];
        found.ShouldSatisfyAllConditions(f => f.Check.ShouldBe("DMARC agence.fr"), f => f.Level.ShouldBe(level), f => f.Message.ShouldContain(message));
    }

    [Fact]
    public async Task A_subdomain_has_the_policy_of_the_domain_above_it()
    {
        using var server = await StartAsync(Mx, "mx-host=mail.agence.fr,mail.agence.fr,10", Txt("mail.agence.fr", Spf), Txt("_dmarc.agence.fr", "v=DMARC1; p=reject; sp=none"));
        var found = await ExamineAsync(Settings(server) with { Smtp = new() { From = "contact@mail.agence.fr" } });
        found.Single(f => f.Check == "DMARC mail.agence.fr").Message.ShouldBe("_dmarc.agence.fr asks for none.");
    }

    [Fact]
    public async Task A_return_path_of_another_domain_is_looked_at_and_does_not_count()
    {
        using var server = await StartAsync(Mx, Txt("agence.fr", Spf), Txt("_dmarc.agence.fr", Policy), Txt("retours.fr", "v=spf1 a -all"));
        var found = await ExamineAsync(Settings(server) with { Bounces = new() { ReturnPath = "b-{token}@retours.fr" } });
        found.Select(f => f.Check).ShouldBe(["SPF retours.fr", "DKIM agence.fr", "DMARC agence.fr", "DMARC agence.fr", "MX retours.fr"]);
        found[3].Message.ShouldContain("does not count for agence.fr");
        found[4].Message.ShouldContain("takes no mail");
    }

    [Fact]
    public async Task Each_shop_is_looked_at_under_its_own_address()
    {
        using var server = await StartAsync(Mx, Txt("agence.fr", Spf), "mx-host=autre.fr,mail.autre.fr,10");
        var own = new LinkedShop { Sender = """{"from":"contact@autre.fr"}""" };
        var found = await new SenderDomainDoctor(Settings(server)).ExamineAsync([own, new LinkedShop(), new LinkedShop()], CancellationToken.None);
        found.Count(f => f.Check.StartsWith("SPF", StringComparison.Ordinal)).ShouldBe(2);
        found[0].Check.ShouldBe("SPF autre.fr");
    }

    [Fact]
    public async Task Names_for_examples_are_not_looked_up() =>
        (await ExamineAsync(new RelanceSettings { Smtp = new() { From = "contact@agence.example" } })).ShouldHaveSingleItem().Level.ShouldBe(FindingLevel.Ok);

    private static async Task<Finding> DkimAsync(params string[] records) => (await ExamineAsync([Mx, Txt("agence.fr", Spf), .. records]))[1];

    private static async Task<IReadOnlyList<Finding>> ExamineAsync(params string[] records)
    {
        using var server = await StartAsync(records);
        return await ExamineAsync(Settings(server));
    }

    private static Task<IReadOnlyList<Finding>> ExamineAsync(RelanceSettings settings) => new SenderDomainDoctor(settings).ExamineAsync([], CancellationToken.None);

    private static RelanceSettings Settings(DnsmasqServer server) => new()
    {
        Dns = new(server.Address),
        Mail = new("r1"),
        Smtp = new() { Host = "smtp.provider.fr", From = "contact@agence.fr" },
    };

    private static string Key(int bits)
    {
        using var rsa = RSA.Create(bits);
        return $"v=DKIM1; k=rsa; p={Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}";
    }
}
