using Relance.Channels;
using Relance.Demo.Mail;

namespace Relance.Tests.Smtp;

public sealed class CaughtMailTests : IAsyncLifetime
{
    private readonly SmtpCatcher _catcher = new(TimeProvider.System);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _catcher.DisposeAsync();

    [Fact]
    public async Task A_mail_arrives_as_it_was_written()
    {
        var draft = Drafts.ARenewalNotice() with { Images = [new("qr@relance", "image/png", "qr.png", new byte[] { 1, 2, 3 })] };

        var result = await Drafts.SendOnceAsync(Drafts.To(_catcher.Port), draft);

        result.ShouldBe(new SendResult(SendOutcome.Accepted, "250 2.0.0 Ok: caught", "2.0.0"));
        var mail = _catcher.Mails.ShouldHaveSingleItem();
        mail.EnvelopeFrom.ShouldBe("bonjour@agence.example");
        mail.EnvelopeTo.ShouldBe(["zoe@client.example"]);
        mail.From.ShouldBe("Agence Lumière <bonjour@agence.example>");
        mail.To.ShouldBe("Zoé Martin <zoe@client.example>");
        mail.Subject.ShouldBe(draft.Subject);
        mail.MessageId.ShouldBe(draft.MessageId);
        mail.Date.ShouldBe(draft.Date);
        mail.Text.ShouldBe(draft.Text);
        mail.Html.ShouldBe(draft.Html);
        mail.Header("Auto-Submitted").ShouldBe("auto-generated");
        mail.Header("Content-Language").ShouldBe("fr");
        mail.Header("Reply-To").ShouldBe("reponse@agence.example");
        mail.Images.ShouldHaveSingleItem().Bytes.ToArray().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task The_bytes_that_arrive_are_the_bytes_that_were_composed()
    {
        await using var channel = Drafts.Channel(Drafts.To(_catcher.Port));
        var message = channel.Compose(Drafts.ARenewalNotice() with { Text = ".\r\n..\r\n.début\r\n\r\n.", Html = ".\r\n" });

        await channel.SendAsync(message, Drafts.NoHandover, default);

        _catcher.Mails[0].Bytes.ToArray().ShouldBe(message.Bytes.ToArray());
    }

    [Fact]
    public async Task A_refused_address_is_refused_with_the_words_of_the_server_until_it_is_taken_again()
    {
        _catcher.Refuse("zoe@client.example");
        var refused = await Drafts.SendOnceAsync(Drafts.To(_catcher.Port));
        _catcher.Accept("zoe@client.example");
        var accepted = await Drafts.SendOnceAsync(Drafts.To(_catcher.Port));

        refused.Outcome.ShouldBe(SendOutcome.Refused);
        refused.Answer.ShouldBe("550 5.1.1 <zoe@client.example>: Recipient address rejected: User unknown");
        refused.Status.ShouldBe("5.1.1");
        accepted.Outcome.ShouldBe(SendOutcome.Accepted);
        _catcher.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_copy_does_not_keep_the_mail_from_its_client_and_is_told()
    {
        _catcher.Refuse("compta@client.example");
        var draft = Drafts.ARenewalNotice() with { Cc = [new("", "compta@client.example"), new("", "chef@client.example")] };

        var result = await Drafts.SendOnceAsync(Drafts.To(_catcher.Port), draft);

        result.Outcome.ShouldBe(SendOutcome.Accepted);
        result.Answer.ShouldContain("not sent to compta@client.example: 550 5.1.1");
        _catcher.Mails[0].EnvelopeTo.ShouldBe(["zoe@client.example", "chef@client.example"]);
    }

    [Fact]
    public async Task When_the_client_is_refused_nobody_gets_a_copy()
    {
        _catcher.Refuse("zoe@client.example");
        var draft = Drafts.ARenewalNotice() with { Cc = [new("", "chef@client.example")] };

        (await Drafts.SendOnceAsync(Drafts.To(_catcher.Port), draft)).Outcome.ShouldBe(SendOutcome.Refused);
        _catcher.Mails.ShouldBeEmpty();
    }
}
