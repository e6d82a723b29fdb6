using System.Globalization;
using System.Text;
using Relance.Channels.Email.Reading;

namespace Relance.Demo.Mail;

/// <summary>A mail that was caught: its envelope, its bytes, and what a reader sees. Shares no code with the writer.</summary>
/// <param name="ReceivedAt">When the catcher took it.</param>
/// <param name="Headers">Unfolded and decoded, in their order.</param>
/// <param name="Images">Every part that is neither the text nor the HTML.</param>
internal sealed record CaughtMail(
    string EnvelopeFrom, IReadOnlyList<string> EnvelopeTo, ReadOnlyMemory<byte> Bytes, DateTimeOffset ReceivedAt,
    IReadOnlyList<KeyValuePair<string, string>> Headers, string Text, string Html, IReadOnlyList<CaughtImage> Images)
{
    public string From => Header("From");
    public string To => Header("To");
    public string Subject => Header("Subject");

    /// <summary>Without the angle brackets.</summary>
    public string MessageId => Header("Message-ID").Trim('<', '>');

    public DateTimeOffset Date => DateTimeOffset.ParseExact(Header("Date"), "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>The first header of that name, or nothing.</summary>
    public string Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    public static CaughtMail Read(string envelopeFrom, IReadOnlyList<string> envelopeTo, byte[] bytes, DateTimeOffset receivedAt)
    {
        var root = MimeEntity.Read(Encoding.Latin1.GetString(bytes));
        var leaves = root.Leaves().ToList();
        return new(
            envelopeFrom, envelopeTo, bytes, receivedAt, [.. root.Headers.Select(header => KeyValuePair.Create(header.Key, MimeDecoding.Words(header.Value)))],
            leaves.Find(part => part.Type == "text/plain")?.Text ?? "", leaves.Find(part => part.Type == "text/html")?.Text ?? "",
            [.. leaves.Where(part => part.Type is not ("text/plain" or "text/html")).Select(CaughtImage.Of)]);
    }
}

/// <summary>An image as it arrived.</summary>
internal sealed record CaughtImage(string ContentId, string MediaType, ReadOnlyMemory<byte> Bytes)
{
    internal static CaughtImage Of(MimeEntity part) => new(part["Content-ID"].Trim('<', '>'), part.Type, part.Bytes);
}
