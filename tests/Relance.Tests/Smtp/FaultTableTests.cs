using System.Diagnostics;
using Relance.Channels;
using Relance.Channels.Smtp;

namespace Relance.Tests.Smtp;

/// <summary>The table "fault → state of the message" of <c>docs/smtp.md</c>, row by row, with and without pipelining.</summary>
public class FaultTableTests
{
    private static readonly Fault[] s_broken = [Fault.Drop, Fault.Silence, Fault.Drip, Fault.Nonsense, Fault.TwoCodes, Fault.HugeLine, Fault.Endless];

    public static TheoryData<string, Fault, SendOutcome, bool> Table()
    {
        var rows = new TheoryData<string, Fault, SendOutcome, bool>();
        foreach (var pipelining in new[] { true, false })
        {
            foreach (var stage in new[] { "banner", "EHLO", "MAIL", "RCPT", "DATA" })
            {
                foreach (var fault in s_broken.Append(Fault.Later).Append(Fault.Closing))
                    rows.Add(stage, fault, SendOutcome.Deferred, pipelining);
                rows.Add(stage, Fault.Never, stage is "banner" or "EHLO" ? SendOutcome.Misconfigured : SendOutcome.Refused, pipelining);
            }
            foreach (var fault in s_broken)
                rows.Add("dot", fault, SendOutcome.Unknown, pipelining);
            rows.Add("dot", Fault.Later, SendOutcome.Deferred, pipelining);
            rows.Add("dot", Fault.Closing, SendOutcome.Deferred, pipelining);
            rows.Add("dot", Fault.Never, SendOutcome.Refused, pipelining);
            rows.Add("half-way", Fault.Drop, SendOutcome.Unknown, pipelining);
            rows.Add("half-way", Fault.Silence, SendOutcome.Unknown, pipelining);
            rows.Add("half-way", Fault.Never, SendOutcome.Refused, pipelining);
            rows.Add("nowhere", Fault.None, SendOutcome.Accepted, pipelining);
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_fault_at_a_stage_leaves_the_message_in_a_known_state(string stage, Fault fault, SendOutcome expected, bool pipelining)
    {
        await using var server = new RudeServer { Stage = stage, Fault = fault, Pipelining = pipelining };
        var handovers = 0;
        var clock = Stopwatch.StartNew();

        var result = await Drafts.SendOnceAsync(Impatient(server.Port, stage, fault), stage == "half-way" ? Large : null, _ => Task.FromResult(handovers++));

        result.Outcome.ShouldBe(expected, result.Answer);
        result.Answer.ShouldNotBeNullOrWhiteSpace();
        result.Answer.Length.ShouldBeLessThan(2_200);
        handovers.ShouldBe(stage is "dot" or "half-way" or "nowhere" ? 1 : 0);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
        if (expected is SendOutcome.Deferred or SendOutcome.Refused or SendOutcome.Misconfigured && stage is not "dot")
            server.Mails.ShouldBeEmpty();
        if (fault is Fault.Later or Fault.Closing or Fault.Never)
            result.Answer.ShouldBe(fault switch { Fault.Later => "451 4.3.0 try later", Fault.Closing => "421 4.3.2 closing", _ => "554 5.7.1 never" });
    }

    [Theory]
    [InlineData("AUTH", Fault.Drop, SendOutcome.Deferred)]
    [InlineData("AUTH", Fault.Silence, SendOutcome.Deferred)]
    [InlineData("AUTH", Fault.Later, SendOutcome.Deferred)]
    [InlineData("AUTH", Fault.Never, SendOutcome.Misconfigured)]
    [InlineData("AUTH", Fault.Nonsense, SendOutcome.Deferred)]
    public async Task A_fault_at_the_login_never_counts_against_the_message(string stage, Fault fault, SendOutcome expected)
    {
        await using var server = new RudeServer { Stage = stage, Fault = fault };
        var options = Impatient(server.Port, stage, fault) with { User = "agence", Password = "geheim" };
        (await Drafts.SendOnceAsync(options)).Outcome.ShouldBe(expected);
    }

    [Theory]
    [InlineData("MAIL", "530 5.7.0 Authentication required", SendOutcome.Misconfigured)]
    [InlineData("RCPT", "452 4.2.2 Mailbox full", SendOutcome.Deferred)]
    [InlineData("RCPT", "552 too many recipients", SendOutcome.Deferred)]
    [InlineData("RCPT", "552 5.2.2 Mailbox full", SendOutcome.Refused)]
    [InlineData("DATA", "250 what?", SendOutcome.Deferred)]
    [InlineData("MAIL", "354 what?", SendOutcome.Deferred)]
    public async Task Single_codes_mean_what_the_rfcs_say(string verb, string answer, SendOutcome expected)
    {
        await using var server = new RudeServer { Answer = (heard, _) => heard == verb ? answer : null };
        var result = await Drafts.SendOnceAsync(Drafts.To(server.Port));
        result.Outcome.ShouldBe(expected);
        result.Answer.ShouldBe(answer);
    }

    [Fact]
    public async Task A_server_that_is_not_there_defers()
    {
        int port;
        await using (var gone = new RudeServer())
            port = gone.Port;
        var result = await Drafts.SendOnceAsync(Drafts.To(port));
        result.Outcome.ShouldBe(SendOutcome.Deferred);
        result.Answer.ShouldStartWith("connecting: ");
    }

    [Fact]
    public async Task A_name_that_nobody_knows_defers() =>
        (await Drafts.SendOnceAsync(Drafts.To(25) with { Host = "mail.invalid" })).Outcome.ShouldBe(SendOutcome.Deferred);

    [Fact]
    public async Task A_message_beyond_the_size_the_server_takes_is_refused_without_sending_it()
    {
        await using var server = new RudeServer { Answer = (verb, _) => verb == "EHLO" ? "250-rude\r\n250 SIZE 1000" : null };
        var result = await Drafts.SendOnceAsync(Drafts.To(server.Port), Large);
        result.Outcome.ShouldBe(SendOutcome.Refused);
        result.Answer.ShouldContain("1000");
        server.Heard.ShouldNotContain(line => line.StartsWith("MAIL"));
    }

    private static MessageDraft Large => Drafts.ARenewalNotice() with { Images = [new("a@b", "image/png", "a.png", new byte[3_000_000])] };

    // Only where a fault is a wait: a busy machine makes others wait, too.
    private static SmtpOptions Impatient(int port, string stage, Fault fault)
    {
        var (patient, impatient) = (TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1));
        var atFault = fault is Fault.Silence or Fault.Drip ? impatient : patient;
        var before = stage is "dot" or "half-way" ? patient : atFault;
        return Drafts.To(port) with { Timeouts = new() { Connect = patient, Greeting = before, Command = before, Body = stage is "half-way" ? 5 * atFault : patient, Final = atFault } };
    }
}
