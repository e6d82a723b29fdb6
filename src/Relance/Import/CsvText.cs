using System.Text;
using Relance.Agency;

namespace Relance.Import;

/// <summary>A file as text: its encoding and its separator are found out, since spreadsheets write whatever their country does.</summary>
/// <param name="Text">The whole text.</param>
/// <param name="Separator">Between two cells: <c>;</c>, <c>,</c> or a tab.</param>
internal sealed record CsvText(string Text, char Separator)
{
    /// <summary>Bytes of a file, at most.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="RefusedException">Too large, empty, or no text at all.</exception>
    public static async Task<CsvText> ReadAsync(Stream csv, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await csv.ReadAsync(buffer, ct)) > 0;)
        {
            if (bytes.Length + read > MostBytes)
                throw RefusedException.Invalid("file", $"at most {MostBytes / 1024 / 1024} MB; split it");
            bytes.Write(buffer, 0, read);
        }

        var text = Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        return string.IsNullOrWhiteSpace(text)
            ? throw RefusedException.Invalid("file", "a header line and rows; it is empty")
            : new CsvText(text, SeparatorOf(text));
    }

    // What is not UTF-8 comes from a spreadsheet on Windows: accented letters are single bytes there.
    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..])
            return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes is [(byte)'P', (byte)'K', 3, 4, ..] || bytes.Contains((byte)0))
            throw RefusedException.Invalid("file", "CSV text; this is a spreadsheet or another binary file: save it as CSV");
        if (bytes is [0xEF, 0xBB, 0xBF, ..])
            bytes = bytes[3..];
        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
        }
    }

    // The header decides: amounts in the rows are full of commas.
    private static char SeparatorOf(string text)
    {
        var header = text.AsSpan().TrimStart("\r\n");
        var end = header.IndexOfAny('\r', '\n');
        if (end >= 0)
            header = header[..end];
        var (semicolons, commas, tabs) = (header.Count(';'), header.Count(','), header.Count('\t'));
        return tabs > semicolons && tabs > commas ? '\t' : semicolons >= commas ? ';' : ',';
    }
}
