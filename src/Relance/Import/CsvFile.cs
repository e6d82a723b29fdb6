using System.Text;
using Relance.Agency;

namespace Relance.Import;

/// <summary>A file whose encoding and separator were found out, since spreadsheets write whatever their country does. It is never whole in memory.</summary>
internal sealed class CsvFile : IAsyncDisposable
{
    /// <summary>Bytes of a file, at most.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    private const int Piece = 64 * 1024;
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Stream _bytes;
    private readonly bool _ours;
    private long _start;

    private CsvFile(Stream bytes, bool ours) => (_bytes, _ours, _start) = (bytes, ours, bytes.Position);

    /// <summary>How its bytes are letters.</summary>
    public Encoding Encoding { get; private set; } = s_strict;

    /// <summary>Between two cells: <c>;</c>, <c>,</c> or a tab.</summary>
    public char Separator { get; private set; }

    /// <summary>Reads a file through once. What cannot be read twice is kept beside, in a file that is gone when this is disposed.</summary>
    /// <exception cref="RefusedException">Too large, empty, or no text at all.</exception>
    public static async Task<CsvFile> OpenAsync(Stream csv, CancellationToken ct)
    {
        var file = new CsvFile(csv.CanSeek ? csv : await KeptAsync(csv, ct), !csv.CanSeek);
        try
        {
            if (file._bytes.Length - file._start > MostBytes)
                throw RefusedException.Invalid("file", $"at most {MostBytes / 1024 / 1024} MB; split it");
            await file.FindEncodingAsync(ct);
            await file.FindSeparatorAsync(ct);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Its text from the beginning; one reading at a time.</summary>
    public Stream Rewound()
    {
        _bytes.Position = _start;
        return _bytes;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _ours ? _bytes.DisposeAsync() : ValueTask.CompletedTask;

    private static async Task<Stream> KeptAsync(Stream csv, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var kept = new FileStream(Path.Combine(Path.GetTempPath(), $"relance-{Guid.NewGuid():N}.csv"), options);
        try
        {
            var buffer = new byte[Piece];
            for (int read; kept.Length <= MostBytes && (read = await csv.ReadAsync(buffer, ct)) > 0;)
                await kept.WriteAsync(buffer.AsMemory(0, read), ct);
            kept.Position = 0;
            return kept;
        }
        catch
        {
            await kept.DisposeAsync();
            throw;
        }
    }

    // What is not UTF-8 comes from a spreadsheet on Windows: accented letters are single bytes there.
    private async Task FindEncodingAsync(CancellationToken ct)
    {
        var (buffer, letters, decoder, total) = (new byte[Piece], new char[Piece + 1], s_strict.GetDecoder(), 0L);
        for (int read; (read = await _bytes.ReadAtLeastAsync(buffer, Piece, throwOnEndOfStream: false, ct)) > 0;)
        {
            var isZip = total == 0 && buffer.AsSpan(0, read).StartsWith("PK\u0003\u0004"u8);
            if (total == 0 && Utf16(buffer.AsSpan(0, read)) is { } wide)
                (Encoding, _start) = (wide, _start + 2);
            total += read;
            if (Encoding is UnicodeEncoding)
                continue;
            if (isZip || buffer.AsSpan(0, read).Contains((byte)0))
                throw RefusedException.Invalid("file", "CSV text; this is a spreadsheet or another binary file: save it as CSV");
            if (Encoding is UTF8Encoding && !IsText(decoder, buffer.AsSpan(0, read), letters, read < Piece))
                Encoding = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        }
    }

    private static UnicodeEncoding? Utf16(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        _ => null,
    };

    private static bool IsText(Decoder decoder, ReadOnlySpan<byte> bytes, Span<char> letters, bool last)
    {
        try
        {
            decoder.GetChars(bytes, letters, last);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private async Task FindSeparatorAsync(CancellationToken ct)
    {
        using var reader = new StreamReader(Rewound(), Encoding, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var letters = new char[Piece];
        var beginning = letters.AsMemory(0, await reader.ReadBlockAsync(letters, ct)).TrimStart('\uFEFF');
        if (beginning.Span.IsWhiteSpace())
            throw RefusedException.Invalid("file", "a header line and rows; it is empty");
        var header = beginning.Span.TrimStart("\r\n");
        var end = header.IndexOfAny('\r', '\n');
        header = end < 0 ? header : header[..end];
        // sep=; is Excel's own word about it.
        Separator = header.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && header[4..] is [var said and (',' or ';' or '\t')] ? said : SeparatorOf(header);
        if (Encoding is UTF8Encoding && letters[0] == '\uFEFF')
            _start += 3;
    }

    // The header decides: amounts in the rows are full of commas.
    private static char SeparatorOf(ReadOnlySpan<char> header)
    {
        var (semicolons, commas, tabs) = (header.Count(';'), header.Count(','), header.Count('\t'));
        return tabs > semicolons && tabs > commas ? '\t' : semicolons >= commas ? ';' : ',';
    }
}
