using Relance.Templates;

namespace Relance.Tests.Templates;

public class HtmlToTextTests
{
    [Theory]
    [InlineData("<p>a</p><p>b</p>", "a\n\nb\n")]
    [InlineData("<p>a <strong>b</strong>, c<br>d</p>", "a b, c\nd\n")]
    [InlineData("<h1>Titre</h1><p>a</p>", "Titre\n=====\n\na\n")]
    [InlineData("<h2>Titre</h2>", "Titre\n-----\n")]
    [InlineData("<ul><li>a</li><li>b</li></ul><p>c</p>", "- a\n- b\n\nc\n")]
    [InlineData("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b\n")]
    [InlineData("<a href='https://x.example/?a=1&amp;b=2'>Régler</a>", "Régler\u00A0:\nhttps://x.example/?a=1&b=2\n")]
    [InlineData("<a href='mailto:a@b.example'>a@b.example</a>", "a@b.example\n")]
    [InlineData("<a href='mailto:a@b.example?subject=x&amp;body=y'>Contester</a>", "Contester\u00A0:\nmailto:a@b.example?subject=x\n")]
    [InlineData("<ul><li><a href='https://x.example/'>A</a></li></ul>", "- A\u00A0:\n  https://x.example/\n")]
    [InlineData("<p>a</p><div class='box'><p>b</p><p>c</p></div><p>d</p>", "a\n\n| b\n|\n| c\n\nd\n")]
    [InlineData("<div class='box'><table class='facts'><tr><th>K :</th><td>v</td></tr><tr><th>L :</th><td>w</td></tr></table></div>", "| K : v\n| L : w\n")]
    [InlineData("<div class='preheader'>x</div><style>y</style><img alt='z'><p>a</p>", "a\n")]
    [InlineData("<p>&lt;b&gt; &amp;amp;</p>", "<b> &amp;\n")]
    [InlineData("", "\n")]
    public void Each_element_has_its_plain_form(string html, string expected) => HtmlToText.Convert(html).ShouldBe(expected);

    [Fact]
    public void Lines_are_wrapped_at_76_columns_but_words_and_addresses_never_broken()
    {
        var address = "https://x.example/" + new string('a', 200);
        var lines = HtmlToText.Convert($"<p>{string.Join(' ', Enumerable.Repeat("mot", 60))} {address} fin</p>").Split('\n');

        lines.ShouldContain(address);
        lines.Where(l => l != address).ShouldAllBe(l => l.Length <= 76);
        lines.ShouldContain("fin");
    }
}
