using System.Diagnostics;
using Relance.Channels;
using Relance.Channels.Smtp;
using Relance.Tests.Servers;
using Xunit.Abstractions;

namespace Relance.Tests.Smtp;

public sealed class PostfixTests(ITestOutputHelper output) : IAsyncLifetime
{
    private PostfixServer _postfix = null!;

    public async Task InitializeAsync() => _postfix = await PostfixServer.StartAsync();

    public Task DisposeAsync()
    {
        _postfix.Dispose();
        return Task.CompletedTask;
    }

    private SmtpOptions Options(SmtpSecurity security) => Drafts.To(security is SmtpSecurity.Tls ? _postfix.TlsPort : _postfix.Port) with
    {
        Security = security,
        TrustedRoot = _postfix.RootFile,
        User = security is SmtpSecurity.None ? null : PostfixServer.User,
        Password = security is SmtpSecurity.None ? null : PostfixServer.Password,
    };

    [Fact]
    public async Task Postfix_takes_our_mail_over_every_kind_of_connection_and_delivers_each_once()
    {
        foreach (var security in Enum.GetValues<SmtpSecurity>())
        {
            var result = await Drafts.SendOnceAsync(Options(security), Drafts.ARenewalNotice($"{security}@agence.example"));
            result.Outcome.ShouldBe(SendOutcome.Accepted, result.Answer);
            result.Answer.ShouldContain("queued as");
            result.Status.ShouldBe("2.0.0");
        }
        await _postfix.DeliveredAsync(3);
        _postfix.MessageIds.Order().ShouldBe(["None@agence.example", "StartTls@agence.example", "Tls@agence.example"]);
        _postfix.Log.ShouldNotContain("improper command pipelining");
    }

    [Theory]
    [InlineData("unknown@client.example", SendOutcome.Refused, "5.1.1")]
    [InlineData("later@client.example", SendOutcome.Deferred, "4.2.1")]
    public async Task Postfix_refuses_and_we_understand(string address, SendOutcome expected, string status)
    {
        var result = await Drafts.SendOnceAsync(Options(SmtpSecurity.None), Drafts.ARenewalNotice() with { To = [new("", address)] });
        result.Outcome.ShouldBe(expected);
        result.Status.ShouldBe(status);
        result.Answer.ShouldContain(address);
    }

    [Fact]
    public async Task A_wrong_password_is_our_own_fault_and_stays_secret()
    {
        var result = await Drafts.SendOnceAsync(Options(SmtpSecurity.StartTls) with { Password = "wrong-password" });
        result.Outcome.ShouldBe(SendOutcome.Misconfigured);
        result.Answer.ShouldStartWith("535 5.7.8");
        result.Answer.ShouldNotContain("wrong-password");
    }

    [Fact]
    public async Task Three_hundred_mails_over_four_connections_arrive_once_each()
    {
        await using var channel = Drafts.Channel(Options(SmtpSecurity.StartTls));
        var clock = Stopwatch.StartNew();
        var results = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => channel.SendAsync(channel.Compose(Drafts.ARenewalNotice($"{i}@agence.example")), Drafts.NoHandover, default)));
        output.WriteLine($"300 mails in {clock.Elapsed.TotalSeconds:0.00} s: {300 / clock.Elapsed.TotalSeconds:0} messages/s");

        results.ShouldAllBe(result => result.Outcome == SendOutcome.Accepted);
        await _postfix.DeliveredAsync(300);
        _postfix.MessageIds.Count.ShouldBe(300);
        _postfix.MessageIds.Distinct().Count().ShouldBe(300);
        _postfix.Log.Split('\n').Count(line => line.Contains("disconnect from") && line.Contains("mail=")).ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task One_connection_does_not_wait_for_delayed_acknowledgements()
    {
        using var sink = await SmtpSink.StartAsync();
        await using var channel = Drafts.Channel(Drafts.To(sink.Port) with { PoolSize = 1, MessagesPerConnection = 1000 });
        await channel.SendAsync(channel.Compose(Drafts.ARenewalNotice()), Drafts.NoHandover, default);
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < 200; i++)
        {
            var clock = Stopwatch.StartNew();
            (await channel.SendAsync(channel.Compose(Drafts.ARenewalNotice()), Drafts.NoHandover, default)).Outcome.ShouldBe(SendOutcome.Accepted);
            fastest = clock.Elapsed < fastest ? clock.Elapsed : fastest;
        }

        // System.Net.Mail stalls about 43 ms on each, also on an idle machine: Nagle against delayed acknowledgement. A busy machine does not slow all 200.
        fastest.ShouldBeLessThan(TimeSpan.FromMilliseconds(30));
    }
}
