namespace Relance.Channels.Smtp;

/// <summary>The body as it travels: RFC 5321 §4.5.2, a dot doubled at the start of a line, and the final dot.</summary>
internal static class DotStuffing
{
    /// <summary>One array, hence one write, one packet train and no wait for Nagle.</summary>
    /// <exception cref="ArgumentException">A bare CR or LF: servers disagree on what ends a line there, which is how mails are smuggled.</exception>
    public static byte[] Frame(ReadOnlySpan<byte> message)
    {
        var dots = 0;
        for (var rest = message; !rest.IsEmpty; rest = rest[LineLength(rest)..])
            dots += rest[0] == '.' ? 1 : 0;

        ReadOnlySpan<byte> end = message.IsEmpty || message[^1] == '\n' ? ".\r\n"u8 : "\r\n.\r\n"u8;
        var framed = new byte[message.Length + dots + end.Length];
        end.CopyTo(framed.AsSpan(Stuff(message, framed)));
        return framed;
    }

    private static int Stuff(ReadOnlySpan<byte> message, Span<byte> framed)
    {
        var length = 0;
        while (!message.IsEmpty)
        {
            var line = message[..LineLength(message)];
            if (line[0] == '.')
                framed[length++] = (byte)'.';
            line.CopyTo(framed[length..]);
            length += line.Length;
            message = message[line.Length..];
        }

        return length;
    }

    // With its CR LF, which only the last line may lack.
    private static int LineLength(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0)
            return message.Length;
        return message[end..].StartsWith("\r\n"u8) ? end + 2 : throw new ArgumentException("The message has a line that does not end in CR LF.", nameof(message));
    }
}
