using Relance.Channels;
using Relance.Channels.Smtp;
using Relance.Demo.Mail;

namespace Relance.Tests.Smtp;

public class SendRateTests
{
    private sealed class StoppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private readonly StoppedClock _clock = new();

    private bool Take(SendRate rate, string sender = "a@b.example") => rate.TryTake(sender, out _, out _);

    [Fact]
    public void Each_window_slides_and_the_tightest_one_holds()
    {
        var rate = new SendRate(new() { PerMinute = 2, PerHour = 3, PerDay = 4 }, _clock);
        var start = _clock.Now;
        (Take(rate), Take(rate), Take(rate)).ShouldBe((true, true, false));
        rate.NextAt("a@b.example").ShouldBe(start.AddMinutes(1));

        _clock.Now = start.AddMinutes(1);
        (Take(rate), Take(rate)).ShouldBe((true, false));
        rate.NextAt("a@b.example").ShouldBe(start.AddHours(1));

        _clock.Now = start.AddHours(2);
        (Take(rate), Take(rate)).ShouldBe((true, false));
        rate.NextAt("a@b.example").ShouldBe(start.AddDays(1));
    }

    [Fact]
    public void Another_sender_is_counted_for_itself()
    {
        var rate = new SendRate(new() { PerMinute = 1 }, _clock);
        (Take(rate, "contact@a.example"), Take(rate, "contact@A.example"), Take(rate, "other@a.example")).ShouldBe((true, false, true));
    }

    [Fact]
    public void What_was_sent_before_a_restart_counts()
    {
        var rate = new SendRate(new() { PerHour = 2 }, _clock);
        rate.Remember("a@b.example", [_clock.Now.AddMinutes(-30), _clock.Now.AddMinutes(-90)]);
        (Take(rate), Take(rate)).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_mail_beyond_the_limit_is_deferred_and_told_when_without_calling_the_server()
    {
        await using var catcher = new SmtpCatcher(TimeProvider.System);
        await using var channel = Drafts.Channel(Drafts.To(catcher.Port) with { Limits = new() { PerHour = 1 } });
        var message = channel.Compose(Drafts.ARenewalNotice());
        (await channel.SendAsync(message, Drafts.NoHandover, default)).Outcome.ShouldBe(SendOutcome.Accepted);

        var second = await channel.SendAsync(message, Drafts.NoHandover, default);

        second.Outcome.ShouldBe(SendOutcome.Deferred);
        second.Answer.ShouldContain("1 per hour");
        channel.NextAt(message.Sender).ShouldNotBeNull();
        catcher.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_mail_that_the_server_refuses_does_not_use_up_the_limit()
    {
        await using var catcher = new SmtpCatcher(TimeProvider.System);
        catcher.Refuse("zoe@client.example");
        await using var channel = Drafts.Channel(Drafts.To(catcher.Port) with { Limits = new() { PerDay = 1 } });
        var message = channel.Compose(Drafts.ARenewalNotice());
        (await channel.SendAsync(message, Drafts.NoHandover, default)).Outcome.ShouldBe(SendOutcome.Refused);
        channel.NextAt(message.Sender).ShouldBeNull();
    }
}
