using System.Text;
using Relance.Bounces.Reading;

namespace Relance.Tests.Bounces;

public class What_comes_back_is_understood
{
    [Theory]
    [InlineData("postfix-unknown-user", "Bounce", "Hard", "5.1.1")]
    [InlineData("postfix-delayed", "Delayed", null, "4.4.1")]
    [InlineData("postfix-expired", "Bounce", "Soft", "4.4.1")]
    [InlineData("postfix-no-domain", "Bounce", "Hard", "5.4.4")]
    [InlineData("postfix-delivered", "Delivered", null, null)]
    [InlineData("postfix-relayed", "Delivered", null, null)]
    [InlineData("mailbox-full", "Bounce", "Soft", "5.2.2")]
    [InlineData("gmail-disabled", "Bounce", "Hard", "5.2.1")]
    [InlineData("gmail-no-such-account", "Bounce", "Hard", "5.1.1")]
    [InlineData("gmail-over-quota", "Bounce", "Soft", "4.2.2")]
    [InlineData("outlook-mailbox-unavailable", "Bounce", "Hard", "5.5.0")]
    [InlineData("exchange-not-found", "Bounce", "Hard", "5.1.10")]
    [InlineData("exchange-access-denied", "Bounce", "Hard", "5.4.1")]
    [InlineData("blocked-by-reputation", "Bounce", "Blocked", "5.7.1")]
    [InlineData("blocked-by-dmarc", "Bounce", "Blocked", "5.7.26")]
    [InlineData("our-sender-refused", "Bounce", "Blocked", "5.1.8")]
    [InlineData("generic-code-telling-words", "Bounce", "Hard", "5.0.0")]
    [InlineData("generic-code-better-code", "Bounce", "Hard", "5.1.0")]
    [InlineData("orange-inactive", "Bounce", "Hard", "5.0.0")]
    [InlineData("free-mailbox-full", "Bounce", "Soft", "5.0.0")]
    [InlineData("laposte-blocked", "Bounce", "Blocked", "5.0.0")]
    [InlineData("greylisting-expired", "Bounce", "Soft", "4.7.1")]
    [InlineData("forwarded-elsewhere", "Bounce", "Hard", "5.1.1")]
    [InlineData("two-recipients-ours-delivered", "Delivered", null, "2.1.5")]
    [InlineData("no-action", "Bounce", "Hard", "5.1.1")]
    [InlineData("headers-only", "Bounce", "Hard", "5.1.1")]
    [InlineData("one-block", "Bounce", "Hard", "5.1.1")]
    [InlineData("base64-status", "Bounce", "Hard", "5.1.1")]
    [InlineData("exim", "Bounce", "Hard", "5.1.1")]
    [InlineData("exim-unrouteable", "Bounce", "Hard", null)]
    [InlineData("exim-delayed", "Delayed", null, null)]
    [InlineData("qmail", "Bounce", "Hard", "5.1.1")]
    [InlineData("sendmail", "Bounce", "Hard", "5.1.1")]
    [InlineData("exchange-2003", "Bounce", "Hard", "5.1.1")]
    [InlineData("free-lettre", "Bounce", "Hard", null)]
    [InlineData("sfr-boite-pleine", "Bounce", "Soft", null)]
    [InlineData("html-only", "Bounce", "Hard", "5.1.1")]
    public void A_report_says_what_became_of_our_recipient(string sample, string kind, string? verdict, string? status)
    {
        var about = ReportReader.Read(Samples.Bytes(sample)).About("jeanne@client.example").ShouldNotBeNull();
        about.Kind.ToString().ShouldBe(kind);
        if (status is not null || kind == "Bounce")
            about.Status.ShouldBe(status);
        if (verdict is not null)
            Verdicts.Of(about.Status, about.Diagnostic).ToString().ShouldBe(verdict);
        about.Diagnostic.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("out-of-office", "AutoReply")]
    [InlineData("out-of-office-unmarked", "AutoReply")]
    [InlineData("complaint", "Complaint")]
    [InlineData("feedback-not-spam", "Other")]
    [InlineData("challenge", "Challenge")]
    [InlineData("answer", "Other")]
    public void What_is_no_report_is_told_apart(string sample, string kind) =>
        ReportReader.Read(Samples.Bytes(sample)).Kind.ToString().ShouldBe(kind);

    [Fact]
    public void A_bounce_without_a_word_is_soft()
    {
        var about = ReportReader.Read(Samples.Bytes("empty-body")).About("jeanne@client.example").ShouldNotBeNull();
        (about.Kind, Verdicts.Of(about.Status, about.Diagnostic)).ShouldBe((InboundKind.Bounce, Verdict.Soft));
    }

    [Theory]
    [InlineData("from 192.0.2.5.1.1 to us", null)]
    [InlineData("host 10.5.1.12 said no", null)]
    [InlineData("(#5.1.1)", "5.1.1")]
    [InlineData("<mail #5.7.606 smtp;550", "5.7.606")]
    public void A_status_code_is_never_a_part_of_an_address(string text, string? code) => StatusCode.In(text).ShouldBe(code);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Ends_of_lines_do_not_matter(string end)
    {
        var text = Samples.Text("postfix-unknown-user").ReplaceLineEndings(end);
        ReportReader.Read(Encoding.UTF8.GetBytes(text)).About("jeanne@client.example")!.Status.ShouldBe("5.1.1");
    }

    [Fact]
    public void Multiparts_in_multiparts_without_end_are_left_alone_at_some_depth()
    {
        var nested = string.Concat(Enumerable.Range(0, 200).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n"));
        ReportReader.Read(Encoding.ASCII.GetBytes(nested)).Kind.ShouldBe(InboundKind.Other);
    }
}
