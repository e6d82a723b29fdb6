namespace Relance.Channels.Smtp;

/// <summary>The body as it travels: RFC 5321 §4.5.2, a dot doubled at the start of a line, and the final dot.</summary>
internal static class DotStuffing
{
    /// <summary>One array, hence one write, one packet train and no wait for Nagle.</summary>
    /// <exception cref="ArgumentException">A bare CR or LF: servers disagree on what ends a line there, which is how mails are smuggled.</exception>
    public static byte[] Frame(ReadOnlySpan<byte> message)
    {
        var (dots, atStart) = (0, true);
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '.' && atStart)
                dots++;
            if (message[i] == '\n' != (i > 0 && message[i - 1] == '\r'))
                throw new ArgumentException("The message has a line that does not end in CR LF.", nameof(message));
            atStart = message[i] == '\n';
        }
        if (!message.IsEmpty && message[^1] == '\r')
            throw new ArgumentException("The message has a line that does not end in CR LF.", nameof(message));
        ReadOnlySpan<byte> end = atStart ? ".\r\n"u8 : "\r\n.\r\n"u8;
        var framed = new byte[message.Length + dots + end.Length];
        end.CopyTo(framed.AsSpan(Stuff(message, framed)));
        return framed;
    }

    private static int Stuff(ReadOnlySpan<byte> message, Span<byte> framed)
    {
        var length = 0;
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '.' && (i == 0 || message[i - 1] == '\n'))
                framed[length++] = (byte)'.';
            framed[length++] = message[i];
        }
        return length;
    }
}
