using System.Diagnostics;
using Relance.Evidence;
using Relance.Storage;

namespace Relance.Tests.Evidence;

/// <summary>By WeasyPrint, as Debian packages it.</summary>
public sealed class The_index_is_printed() : EvidenceTests(Dialect.Sqlite)
{
    [Fact]
    public async Task As_a_pdf_with_the_same_text_and_the_same_bytes_each_time()
    {
        var (zip, report) = await ExportAsync(pdf: true);
        (report.Pdf, report.WithoutPdf).ShouldBe((true, null));
        var text = await TextAsync(Files(zip)["index.pdf"]);
        foreach (var part in new[] { "Dossier de preuve du contrat CMD-", "Jeanne Lefèvre", "maintenance.notice", "C. consom. L218-2", report.Head[..16] })
            text.ShouldContain(part);
        (await ExportAsync(pdf: true)).Zip.ShouldBe(zip);
        (await VerifyAsync(zip)).Whole.ShouldBeTrue();
    }

    [Fact]
    public async Task What_cannot_be_printed_is_said_and_stops_nothing()
    {
        var (none, why) = await new PdfPrinter("relance-has-no-such-printer").PrintAsync("<p>Bonjour", Ct);
        (none, why).ShouldBe((null, "WeasyPrint is not installed."));
        (await new PdfPrinter("false").PrintAsync("<p>Bonjour", Ct)).Without.ShouldNotBeNull().ShouldStartWith("WeasyPrint");
    }

    private static async Task<string> TextAsync(byte[] pdf)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, pdf);
            using var reading = Process.Start(new ProcessStartInfo("pdftotext", ["-enc", "UTF-8", path, "-"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            return await reading.StandardOutput.ReadToEndAsync();
        }
        finally
        {
            File.Delete(path);
        }
    }
}
