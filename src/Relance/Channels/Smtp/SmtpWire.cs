using System.Globalization;
using System.Text;

namespace Relance.Channels.Smtp;

/// <summary>
/// Bytes out, replies in. A reply has a size and a total time, so that a slow, huge or endless one can neither hang
/// nor exhaust us. Throws <see cref="IOException"/> (dropped), <see cref="TimeoutException"/> and
/// <see cref="InvalidDataException"/> (not SMTP).
/// </summary>
internal sealed class SmtpWire(Stream stream, TimeProvider clock) : IAsyncDisposable
{
    private const int LongestLine = 4096;
    private const int LongestReply = 64 * 1024;
    private readonly byte[] _buffer = new byte[LongestLine];
    private int _start;
    private int _end;

    public Stream Stream => stream;

    /// <summary>Bytes that came without being asked for.</summary>
    public bool HasUnread => _start < _end;

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan limit, CancellationToken ct) => Limit.RunAsync(
        clock, limit, ct, async token =>
        {
            await stream.WriteAsync(bytes, token);
            await stream.FlushAsync(token);
            return true;
        });

    public Task<SmtpReply> ReadAsync(TimeSpan limit, CancellationToken ct) => Limit.RunAsync(clock, limit, ct, ReadReplyAsync);

    private async Task<SmtpReply> ReadReplyAsync(CancellationToken ct)
    {
        var lines = new List<string>();
        var (first, size) = (0, 0);
        while (true)
        {
            var line = await ReadLineAsync(ct);
            var (code, last) = Parse(line);
            first = first == 0 ? code : first;
            if (code != first)
                throw new InvalidDataException($"the answer changes its code from {first} to {code}");
            if ((size += line.Length) > LongestReply)
                throw new InvalidDataException($"the answer is longer than {LongestReply} bytes");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (last)
                return new SmtpReply(code, lines);
        }
    }

    private static (int Code, bool Last) Parse(string line)
    {
        var valid = line.Length >= 3 && line[0] is >= '2' and <= '5' && char.IsAsciiDigit(line[1]) && char.IsAsciiDigit(line[2])
            && (line.Length == 3 || line[3] is ' ' or '-');
        return valid
            ? (int.Parse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture), line.Length == 3 || line[3] == ' ')
            : throw new InvalidDataException($"the answer is not SMTP: « {(line.Length > 80 ? line[..80] : line)} »");
    }

    private async Task<string> ReadLineAsync(CancellationToken ct)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start.._end).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Text(_buffer.AsSpan(_start, length));
                _start += length + 1;
                return line;
            }
            await FillAsync(ct);
        }
    }

    private async Task FillAsync(CancellationToken ct)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
            throw new InvalidDataException($"a line of the answer is longer than {LongestLine} bytes");
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), ct);
        if (read == 0)
            throw new IOException("the server closed the connection");
        _end += read;
    }

    /// <summary>Control characters would reach terminals and logs: they are shown as U+FFFD.</summary>
    private static string Text(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line.TrimEnd((byte)'\r'));
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
        });
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
