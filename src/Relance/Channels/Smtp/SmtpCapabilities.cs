using System.Globalization;

namespace Relance.Channels.Smtp;

/// <summary>What the server offered in its answer to EHLO.</summary>
/// <param name="MaxSize">The largest message in bytes (RFC 1870); 0: not said.</param>
internal sealed record SmtpCapabilities(bool StartTls, bool Pipelining, bool Size, long MaxSize, IReadOnlyList<string> Auth)
{
    public static readonly SmtpCapabilities None = new(StartTls: false, Pipelining: false, Size: false, 0, []);

    /// <summary>The first line is the server's name, not an extension (RFC 5321 §4.1.1.1).</summary>
    public static SmtpCapabilities Parse(SmtpReply reply)
    {
        var words = reply.Lines.Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(line => line.Length > 0)
            .ToLookup(line => line[0].ToUpperInvariant(), line => line[1..]);
        var size = words["SIZE"].FirstOrDefault();
        return new(
            words.Contains("STARTTLS"), words.Contains("PIPELINING"), size is not null,
            long.TryParse(size?.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : 0,
            [.. words["AUTH"].SelectMany(line => line).Select(word => word.ToUpperInvariant())]);
    }
}
