using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Relance.Operations.Dns;
using Relance.Tests.Servers;

namespace Relance.Tests.Dns;

/// <summary>Answers that are late, forged, broken or too long: never more than a refusal, and never longer than the limit.</summary>
public sealed class A_name_server_may_misbehave
{
    [Fact]
    public async Task What_does_not_fit_a_datagram_comes_over_TCP()
    {
        var text = new string('x', 2000);
        using var server = await DnsmasqServer.StartAsync(DnsmasqServer.Txt("big.fr", text));
        (await FindAsync(server.Address, "big.fr")).ShouldBe([text]);
    }

    [Fact]
    public async Task There_is_no_such_name_nothing_of_that_kind_and_a_refusal_are_three_things()
    {
        using var server = await DnsmasqServer.StartAsync("host-record=some.fr,192.0.2.1");
        (await FindAsync(server.Address, "none.fr")).ShouldBeNull();
        (await FindAsync(server.Address, "some.fr")).ShouldBe([]);
        using var refusing = Peer.Answering(question => [[.. question[..2], 0x81, 0x85, .. question[4..]]]);
        (await Should.ThrowAsync<DnsException>(() => FindAsync(refusing.Address, "some.fr"))).Message.ShouldContain("code 5");
    }

    [Fact]
    public async Task A_silent_server_costs_the_limit()
    {
        using var silent = Peer.Answering(_ => []);
        var watch = Stopwatch.StartNew();
        (await Should.ThrowAsync<DnsException>(() => FindAsync(silent.Address, "agence.fr", seconds: 1))).Message.ShouldContain("did not answer within 1 s");
        watch.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Answers_to_other_questions_are_waited_past()
    {
        using var forged = Peer.Answering(question =>
        [
            [1, 2, 3], [],
            Answer([(byte)(question[0] ^ 1), .. question[1..]], Txt("v=spf1 +all")),
            [.. question[..12], 2, (byte)'x', .. question[13..]],
            question,
            Answer(question, Txt("v=spf1 -all")),
        ]);
        (await FindAsync(forged.Address, "agence.fr")).ShouldBe(["v=spf1 -all"]);
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "a name that points at itself", [0xC0, 28, 0, 16, 0, 1, 0, 0, 0, 0, 0, 0] },
        { "a name that points forward", [0xC0, 200, 0, 16, 0, 1, 0, 0, 0, 0, 0, 0] },
        { "two names that point at one another", [0xC0, 30, 0xC0, 28, 0, 1, 0, 0, 0, 0, 0, 0] },
        { "a label of a kind nobody uses", [0x80, 1, 0, 16, 0, 1, 0, 0, 0, 0, 0, 0] },
        { "a record longer than the answer", [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, 50, 1] },
        { "a text longer than its record", [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, 2, 9, 65] },
        { "a record that ends in its head", [0xC0, 12, 0, 16, 0] },
        { "no record where one is announced", [] },
    };

    [Theory, MemberData(nameof(Broken))]
    public async Task A_broken_answer_is_no_answer(string why, byte[] record)
    {
        using var broken = Peer.Answering(question => [Answer(question, record)]);
        (await Should.ThrowAsync<DnsException>(() => FindAsync(broken.Address, "agence.fr"))).Message.ShouldContain(broken.Address.ToString(), Case.Sensitive, why);
    }

    [Fact]
    public async Task Aliases_that_lead_in_a_circle_end()
    {
        using var circle = Peer.Answering(question => [Answer(question, [0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 0, 0, 2, 0xC0, 12])]);
        (await FindAsync(circle.Address, "agence.fr")).ShouldBe([]);
    }

    [Fact]
    public async Task A_server_that_promises_more_over_TCP_and_is_not_there_is_no_answer()
    {
        using var half = Peer.Answering(question => [[.. question[..2], 0x83, 0x80, .. question[4..]]]);
        await Should.ThrowAsync<DnsException>(() => FindAsync(half.Address, "agence.fr"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..fr")]
    [InlineData("é.fr")]
    public void What_is_no_name_is_not_asked_for(string name) => Should.Throw<FormatException>(() => DnsMessage.Question(1, name, DnsType.Txt));

    /// <summary>The question, made an answer with one record.</summary>
    internal static byte[] Answer(byte[] question, byte[] record)
    {
        var end = 12 + question.AsSpan(12).IndexOf((byte)0) + 5;
        return [.. question[..2], 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. question[12..end], .. record];
    }

    /// <summary>A text, whose owner is the name that was asked for.</summary>
    internal static byte[] Txt(string text) => [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, (byte)(text.Length + 1), (byte)text.Length, .. System.Text.Encoding.ASCII.GetBytes(text)];

    private static Task<IReadOnlyList<string>?> FindAsync(IPEndPoint server, string name, int seconds = 20) => new DnsResolver(server, TimeSpan.FromSeconds(seconds)).FindAsync(name, DnsType.Txt, CancellationToken.None);

    // A server on a real socket that says, byte for byte, what a test wants.
    private sealed class Peer : IDisposable
    {
        private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));

        public IPEndPoint Address => (IPEndPoint)_socket.Client.LocalEndPoint!;

        public static Peer Answering(Func<byte[], IReadOnlyList<byte[]>> answers)
        {
            var peer = new Peer();
            _ = peer.ServeAsync(answers);
            return peer;
        }

        public void Dispose() => _socket.Dispose();

        private async Task ServeAsync(Func<byte[], IReadOnlyList<byte[]>> answers)
        {
            try
            {
                while (true)
                {
                    var asked = await _socket.ReceiveAsync();
                    foreach (var answer in answers(asked.Buffer))
                        await _socket.SendAsync(answer, asked.RemoteEndPoint);
                }
            }
            catch (Exception over) when (over is SocketException or ObjectDisposedException)
            {
                return; // the test is over
            }
        }
    }
}
