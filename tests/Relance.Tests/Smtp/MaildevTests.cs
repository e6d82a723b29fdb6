using System.Text.Json.Nodes;
using Relance.Channels;
using Relance.Tests.Servers;

namespace Relance.Tests.Smtp;

/// <summary>What we write, as an independent parser reads it.</summary>
public sealed class MaildevTests : IAsyncLifetime
{
    private MaildevServer _maildev = null!;

    public async Task InitializeAsync() => _maildev = await MaildevServer.StartAsync();

    public Task DisposeAsync()
    {
        _maildev.Dispose();
        return Task.CompletedTask;
    }

    private static readonly MessageDraft s_base = Drafts.ARenewalNotice();

    private static readonly MessageDraft[] s_mails =
    [
        s_base,
        s_base with { Subject = "Éléphants, œufs & « guillemets » — 1 200,50 € à régler", Text = "Voilà : 1 200,50 €\r\n", Html = "<p>Voilà&nbsp;: 1 200,50 €</p>\r\n" },
        s_base with { Subject = "🎉 Merci 👩‍👩‍👧‍👦 " + string.Concat(Enumerable.Repeat("👍🏽", 40)), Text = "👩‍💻 漢字 עברית\r\n", Html = "<p>👩‍💻 漢字 עברית</p>\r\n" },
        s_base with { Subject = new string('a', 500), Text = new string('x', 5000) + "\r\n" + new string('é', 3000) + "\r\n", Html = "<p>" + new string('é', 5000) + "</p>\r\n" },
        s_base with { Subject = "=?utf-8?Q?ruse?= a  b", Text = ".\r\n..\r\n.point\r\n\r\n. \r\nFrom là\r\n", Html = ".\r\n<p>.a</p>\r\n.\r\n" },
        s_base with { To = [new(string.Concat(Enumerable.Repeat("Société Générale d'Élagage ", 8)).Trim(), "zoe@client.example")] },
        s_base with { To = [new(new string('n', 200), "zoe@client.example"), new("O'Neil, \"Bob\" <x>; \\", "bob@client.example")] },
        s_base with { From = new("Ça & là", "bonjour@agence-éléphant.example"), To = [new("Zoé", "zoe@müller.example")] },
        s_base with { Text = "deux  espaces et une fin \r\n\tune tabulation\t\r\n=égal=3D\r\n", Html = "<p>deux  espaces </p> \r\n" },
        s_base with { Images = [new("qr@relance", "image/png", "code à régler 👍 " + new string('z', 100) + ".png", Noise(40_000)), new("logo", "image/png", "logo.png", Noise(57))] },
    ];

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public async Task Every_mail_arrives_as_it_was_meant()
    {
        var drafts = s_mails.Select((draft, index) => draft with { MessageId = $"{index}@agence.example" }).ToList();
        await using var channel = Drafts.Channel(Drafts.To(_maildev.Port));
        foreach (var draft in drafts)
        {
            var result = await channel.SendAsync(channel.Compose(draft), Drafts.NoHandover, default);
            result.Outcome.ShouldBe(SendOutcome.Accepted, result.Answer);
        }
        var mails = await _maildev.MailsAsync();
        mails.Count.ShouldBe(drafts.Count);
        foreach (var draft in drafts)
            await CompareAsync(draft, mails.Single(mail => Text(mail["headers"]!, "message-id").Trim('<', '>') == draft.MessageId));
    }

    private async Task CompareAsync(MessageDraft draft, JsonNode mail)
    {
        Text(mail, "subject").ShouldBe(draft.Subject);
        Text(mail, "text").ShouldBe(draft.Text.ReplaceLineEndings("\n"));
        Text(mail, "html").ShouldBe(draft.Html.ReplaceLineEndings("\n"));
        DateTimeOffset.Parse(Text(mail, "time")).ShouldBe(draft.Date);
        People(mail, "from").ShouldBe([Wire(draft.From)]);
        People(mail, "to").ShouldBe(draft.To.Select(Wire));
        var attachments = mail["attachments"]?.AsArray() ?? [];
        attachments.Count.ShouldBe(draft.Images.Count);
        foreach (var (image, attachment) in draft.Images.Zip(attachments))
        {
            Text(attachment!, "filename").ShouldBe(image.FileName);
            Text(attachment!, "contentId").Trim('<', '>').ShouldBe(image.ContentId);
            (await _maildev.AttachmentAsync(Text(mail, "id"), Text(attachment!, "generatedFileName"))).ShouldBe(image.Bytes.ToArray());
        }
    }

    private static string Text(JsonNode node, string name) => node[name]?.GetValue<string>() ?? $"(no {name} in {node})";

    private static IEnumerable<string> People(JsonNode mail, string name) => mail[name]!.AsArray().Select(person => $"{Text(person!, "name")} {Text(person!, "address")}");

    /// <summary>maildev shows a punycode domain as people write it.</summary>
    private static string Wire(Mailbox mailbox) => $"{mailbox.Name} {mailbox.Address}";
}
