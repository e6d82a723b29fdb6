using System.Text;
using Relance.Channels;
using Relance.Channels.Email.Mime;

namespace Relance.Tests.Smtp;

public class MimeWriterTests
{
    [Fact]
    public void The_same_draft_gives_the_same_bytes() =>
        MimeWriter.Write(Drafts.ARenewalNotice()).ShouldBe(MimeWriter.Write(Drafts.ARenewalNotice()));

    [Theory]
    [InlineData("Bonjour\r\nBcc: tous@monde.example")]
    [InlineData("Bonjour\nX: y")]
    [InlineData("a\0b")]
    [InlineData("a\u0085b")]
    public void A_line_break_in_a_header_is_refused_and_the_field_is_named(string evil)
    {
        var draft = Drafts.ARenewalNotice();
        Refuses(draft with { Subject = evil }, "Subject");
        Refuses(draft with { To = [new(evil, "a@b.example")] }, "To");
        Refuses(draft with { To = [new("", evil + "@b.example")] }, "To");
        Refuses(draft with { Cc = [new("", "a@b.example" + evil)] }, "Cc");
        Refuses(draft with { From = new(evil, "a@b.example") }, "From");
        Refuses(draft with { ReplyTo = new("", "<a@b.example>" + evil) }, "Reply-To");
        Refuses(draft with { MessageId = evil }, "Message-ID");
        Refuses(draft with { Language = evil }, "Content-Language");
        Refuses(draft with { Images = [new(evil, "image/png", "a.png", default)] }, "Content-ID");
        Refuses(draft with { Images = [new("a@b", "image/png", evil, default)] }, "file name");
        Refuses(draft with { Images = [new("a@b", evil, "a.png", default)] }, "image");
    }

    private static void Refuses(MessageDraft draft, string field) =>
        Should.Throw<FormatException>(() => MimeWriter.Write(draft)).Message.ShouldStartWith(field);

    [Theory]
    [InlineData("zoe@client.example", "zoe@client.example")]
    [InlineData("zoe@Éléphant.FR", "zoe@xn--lphant-9uab.fr")]
    [InlineData("o'neil+wp@client.example", "o'neil+wp@client.example")]
    [InlineData("jean..dupont@client.example", "\"jean..dupont\"@client.example")]
    [InlineData("jean.@client.example", "\"jean.\"@client.example")]
    public void An_address_takes_its_wire_form(string written, string wire) => AddrSpec.Parse("To", written).Value.ShouldBe(wire);

    [Theory]
    [InlineData("")]
    [InlineData("zoe")]
    [InlineData("@client.example")]
    [InlineData("zoe@")]
    [InlineData("zoé@client.example")]
    [InlineData("zoe martin@client.example")]
    [InlineData("zoe>@client.example")]
    [InlineData("zoe@client..example")]
    [InlineData("zoe@-client.example")]
    [InlineData("zoe@client.example\n")]
    [InlineData("a@b@client.example")]
    public void What_is_no_address_is_refused_by_the_name_of_its_field(string written) =>
        Should.Throw<FormatException>(() => AddrSpec.Parse("To", written)).Message.ShouldStartWith("To: expected");

    [Fact]
    public void Every_line_keeps_the_limits_and_to_ascii_whatever_the_text()
    {
        var everything = string.Concat(Enumerable.Repeat("é👩‍👩‍👧 = Wörter 漢字 . ", 40));
        var draft = Drafts.ARenewalNotice() with
        {
            Subject = everything,
            Text = everything + "\n" + new string('x', 3000) + " \n.",
            Html = new string('漢', 2000),
            To = [new(everything, "zoe@client.example"), new(new string('a', 200), "b@c.example")],
            Images = [new("a@b", "image/png", everything + ".png", new byte[5000])],
        };

        var lines = Encoding.Latin1.GetString(MimeWriter.Write(draft)).Split("\r\n");

        lines.Max(line => line.Length).ShouldBeLessThanOrEqualTo(78);
        lines.SelectMany(line => line).ShouldAllBe(c => c <= '~' && c >= ' ');
    }

    [Fact]
    public void An_encoded_word_is_short_and_holds_whole_characters()
    {
        for (var room = 30; room <= 75; room++)
        {
            var words = EncodedWords.Encode("Échéance 👩‍👩‍👧 漢字 très bientôt, déjà", room).ToList();
            words[0].Length.ShouldBeLessThanOrEqualTo(room);
            foreach (var word in words)
            {
                word.Length.ShouldBeLessThanOrEqualTo(75);
                Relance.Channels.Email.Reading.MimeDecoding.Words(word).ShouldNotContain('\uFFFD');
            }
        }
    }

    [Fact]
    public void A_plain_subject_stays_readable_and_folds_at_a_blank()
    {
        var subject = string.Join(' ', Enumerable.Repeat("renouvellement", 10));
        var text = new HeaderWriter().AddText("Subject", HeaderText.Of("Subject", subject)).ToString();

        text.ShouldStartWith("Subject: renouvellement renouvellement");
        text.Replace("\r\n", "").ShouldBe("Subject: " + subject);
        text.Split("\r\n").ShouldAllBe(line => line.Length <= 78);
    }

    [Theory]
    [InlineData("qr.png", "filename=\"qr.png\"")]
    [InlineData("reçu.png", "filename*=utf-8''re%C3%A7u.png")]
    [InlineData("a\"b.png", "filename*=utf-8''a%22b.png")]
    public void A_file_name_is_written_as_rfc_2231_says(string name, string parameter) =>
        FileNameParameter.Write(name).ShouldBe([parameter]);
}
