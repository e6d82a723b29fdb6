using System.Text;

namespace Relance.Channels.Email.Mime;

/// <summary>Writes header fields, folded at 78 columns where a fold is allowed (RFC 5322 §2.2.3).</summary>
internal sealed class HeaderWriter
{
    private const int Column = 78;
    private readonly StringBuilder _text = new();

    /// <summary>Adds a field.</summary>
    /// <param name="words">What may stand on lines of their own; a blank or a fold goes between them.</param>
    public HeaderWriter Add(string name, params IEnumerable<string> words)
    {
        var column = name.Length + 1;
        _text.Append(name).Append(':');
        foreach (var (index, word) in words.Index())
        {
            var fold = index > 0 && column + 1 + word.Length > Column;
            _text.Append(fold ? "\r\n " : " ").Append(word);
            column = (fold ? 0 : column) + 1 + word.Length;
        }
        _text.Append("\r\n");
        return this;
    }

    /// <summary>Free text: as it is when that is safe, else encoded (RFC 2047).</summary>
    public HeaderWriter AddText(string name, HeaderText text) =>
        Add(name, Plain(text.Value, Column - name.Length - 2) ? text.Value.Split(' ') : EncodedWords.Encode(text.Value, Column - name.Length - 2));

    public HeaderWriter AddMailboxes(string name, IEnumerable<Mailbox> mailboxes)
    {
        var words = mailboxes.Select(mailbox => Words(name, mailbox)).ToList();
        foreach (var mailbox in words.SkipLast(1))
            mailbox[^1] += ",";
        return words.Count == 0 ? this : Add(name, words.SelectMany(mailbox => mailbox));
    }

    private static List<string> Words(string field, Mailbox mailbox)
    {
        var address = AddrSpec.Parse(field, mailbox.Address).Value;
        var name = HeaderText.Of(field, mailbox.Name).Value;
        if (name.Length == 0)
            return [address];
        IEnumerable<string> words = name.Length <= 60 && Plain(name, 60)
            ? ["\"" + name.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\""]
            : EncodedWords.Encode(name, Column - field.Length - 2);
        return [.. words, $"<{address}>"];
    }

    /// <summary>Printable ASCII whose blanks and words survive folding, and that no reader takes for an encoded word.</summary>
    private static bool Plain(string text, int room) =>
        text.All(c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal) && text.Split(' ') is var words
        && words.All(word => word.Length is > 0 && word.Length <= room);

    public override string ToString() => _text.ToString();
}
