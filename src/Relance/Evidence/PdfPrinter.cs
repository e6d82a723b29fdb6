using System.ComponentModel;
using System.Diagnostics;

namespace Relance.Evidence;

/// <summary>Prints a page by WeasyPrint, where it is installed. A page that cannot be printed stays readable as it is.</summary>
/// <param name="program">WeasyPrint, by name or path.</param>
internal sealed class PdfPrinter(string program = "weasyprint")
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    /// <summary>The PDF; or why there is none.</summary>
    public async Task<(byte[]? Pdf, string? Without)> PrintAsync(string html, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(s_limit);
        try
        {
            using var printer = Process.Start(Start())!;
            try
            {
                return await PrintAsync(printer, html, limit.Token);
            }
            catch (OperationCanceledException)
            {
                printer.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, $"WeasyPrint did not end within {s_limit.TotalSeconds:0} s.");
        }
        catch (Win32Exception)
        {
            return (null, "WeasyPrint is not installed.");
        }
        catch (IOException fault)
        {
            return (null, $"WeasyPrint stopped: {fault.Message}");
        }
    }

    private static async Task<(byte[]? Pdf, string? Without)> PrintAsync(Process printer, string html, CancellationToken ct)
    {
        using var pdf = new MemoryStream();
        var reading = printer.StandardOutput.BaseStream.CopyToAsync(pdf, ct);
        var said = printer.StandardError.ReadToEndAsync(ct);
        await printer.StandardInput.WriteAsync(html.AsMemory(), ct);
        printer.StandardInput.Close();
        await reading;
        await printer.WaitForExitAsync(ct);
        return printer.ExitCode == 0 && pdf.ToArray() is [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] and var bytes
            ? (bytes, null)
            : (null, $"WeasyPrint failed ({printer.ExitCode}): {(await said).Trim().Split('\n')[^1]}");
    }

    private ProcessStartInfo Start() => new(program, ["--encoding", "utf-8", "-", "-"])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardInputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        // Without it the file would bear the hour at which it was printed.
        Environment = { ["SOURCE_DATE_EPOCH"] = "315532800" },
    };
}
