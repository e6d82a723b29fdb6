using Relance.Channels;

namespace Relance.Tests.Smtp;

public class CancellationTests
{
    [Theory]
    [InlineData("banner", SendOutcome.Deferred)]
    [InlineData("EHLO", SendOutcome.Deferred)]
    [InlineData("MAIL", SendOutcome.Deferred)]
    [InlineData("DATA", SendOutcome.Deferred)]
    [InlineData("dot", SendOutcome.Unknown)]
    public async Task A_stopped_attempt_returns_what_is_known(string stage, SendOutcome expected)
    {
        await using var server = new RudeServer { Stage = stage, Fault = Fault.Silence };
        var result = await Drafts.SendOnceAsync(Drafts.To(server.Port), ct: server.AtStage);
        result.Outcome.ShouldBe(expected);
        result.Answer.ShouldContain("stopped");
    }

    [Fact]
    public async Task An_attempt_that_is_stopped_while_it_waits_for_a_connection_is_deferred()
    {
        await using var server = new RudeServer { Stage = "dot", Fault = Fault.Silence };
        await using var channel = Drafts.Channel(Drafts.To(server.Port) with { PoolSize = 1 });
        using var later = new CancellationTokenSource();
        var message = channel.Compose(Drafts.ARenewalNotice());

        var first = channel.SendAsync(message, Drafts.NoHandover, later.Token);
        var second = await channel.SendAsync(message, Drafts.NoHandover, server.AtStage);

        second.Outcome.ShouldBe(SendOutcome.Deferred);
        await later.CancelAsync();
        (await first).Outcome.ShouldBe(SendOutcome.Unknown);
    }

    [Fact]
    public async Task When_the_hand_over_cannot_be_recorded_no_byte_of_the_body_leaves()
    {
        await using var server = new RudeServer();
        await using var channel = Drafts.Channel(Drafts.To(server.Port) with { PoolSize = 1, Limits = new() { PerMinute = 1 } });
        var message = channel.Compose(Drafts.ARenewalNotice());

        await Should.ThrowAsync<InvalidOperationException>(channel.SendAsync(message, _ => throw new InvalidOperationException("database gone"), default));
        var next = await channel.SendAsync(message, Drafts.NoHandover, default);

        next.Outcome.ShouldBe(SendOutcome.Accepted, "the place in the pool and in the rate were given back");
        server.Mails.ShouldHaveSingleItem().ShouldContain("Message-ID");
    }

    [Fact]
    public async Task The_hand_over_is_awaited_between_the_354_and_the_body()
    {
        await using var server = new RudeServer();
        var seen = (Data: false, Mails: -1);
        await Drafts.SendOnceAsync(Drafts.To(server.Port), handover: async _ =>
        {
            await Task.Delay(100);
            seen = (server.Heard.Contains("DATA"), server.Mails.Count);
        });
        seen.ShouldBe((true, 0));
        server.Mails.Count.ShouldBe(1);
    }
}
