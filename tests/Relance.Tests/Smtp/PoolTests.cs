using Relance.Channels;

namespace Relance.Tests.Smtp;

public class PoolTests
{
    [Fact]
    public async Task Messages_share_a_connection_and_never_use_more_than_the_pool_has()
    {
        await using var server = new RudeServer();
        await using var channel = Drafts.Channel(Drafts.To(server.Port) with { PoolSize = 3 });

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => channel.SendAsync(channel.Compose(Drafts.ARenewalNotice($"{i}@a.example")), Drafts.NoHandover, default)));

        results.ShouldAllBe(result => result.Outcome == SendOutcome.Accepted);
        server.Connections.ShouldBeInRange(1, 3);
        server.Mails.Count.ShouldBe(40);
    }

    [Fact]
    public async Task One_write_carries_the_whole_envelope_when_the_server_pipelines()
    {
        await using var server = new RudeServer();
        await Drafts.SendOnceAsync(Drafts.To(server.Port));
        server.Heard.Select(line => line.Split(' ', ':')[0]).ShouldBe(["EHLO", "MAIL", "RCPT", "DATA", "QUIT"]);
    }

    [Fact]
    public async Task A_connection_retires_after_its_share_of_messages()
    {
        await using var server = new RudeServer();
        await SendAsync(server, count: 5, messagesPerConnection: 2);
        server.Connections.ShouldBe(3);
        server.Heard.Count(line => line == "QUIT").ShouldBe(3);
    }

    [Theory]
    [InlineData("421 4.7.0 too many messages on this connection")]
    [InlineData("421")]
    public async Task A_server_that_ends_a_kept_connection_costs_a_new_one_and_no_failure(string farewell)
    {
        await using var server = new RudeServer { Answer = (verb, times) => verb == "MAIL" && times == 2 ? farewell : null };
        await SendAsync(server, count: 3);
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_that_was_closed_while_idle_is_replaced_and_no_failure()
    {
        // The server says 250 to the message and hangs up at once, every time.
        await using var server = new RudeServer { HangsUpAfterEachMail = true };
        await SendAsync(server, count: 4);
        server.Connections.ShouldBe(4);
        server.Mails.Count.ShouldBe(4);
    }

    [Fact]
    public async Task After_a_refusal_the_connection_serves_the_next_message()
    {
        await using var server = new RudeServer { Pipelining = false, Answer = (verb, times) => verb == "RCPT" && times == 1 ? "550 5.1.1 unknown" : null };
        await using var channel = Drafts.Channel(Drafts.To(server.Port));
        var message = channel.Compose(Drafts.ARenewalNotice());

        (await channel.SendAsync(message, Drafts.NoHandover, default)).Outcome.ShouldBe(SendOutcome.Refused);
        (await channel.SendAsync(message, Drafts.NoHandover, default)).Outcome.ShouldBe(SendOutcome.Accepted);

        server.Connections.ShouldBe(1);
        server.Heard.ShouldContain("RSET");
    }

    [Fact]
    public async Task An_unused_connection_takes_leave()
    {
        await using var server = new RudeServer();
        await using var channel = Drafts.Channel(Drafts.To(server.Port) with { IdleClose = TimeSpan.FromMilliseconds(300) });
        await channel.SendAsync(channel.Compose(Drafts.ARenewalNotice()), Drafts.NoHandover, default);

        for (var i = 0; i < 100 && !server.Heard.Contains("QUIT"); i++)
            await Task.Delay(50);

        server.Heard.ShouldContain("QUIT");
    }

    private static async Task SendAsync(RudeServer server, int count, int messagesPerConnection = 100)
    {
        await using var channel = Drafts.Channel(Drafts.To(server.Port) with { MessagesPerConnection = messagesPerConnection });
        for (var i = 0; i < count; i++)
        {
            var result = await channel.SendAsync(channel.Compose(Drafts.ARenewalNotice()), Drafts.NoHandover, default);
            result.Outcome.ShouldBe(SendOutcome.Accepted, result.Answer);
        }
    }
}
