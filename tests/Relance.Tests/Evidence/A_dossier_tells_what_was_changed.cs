using System.Globalization;
using System.IO.Compression;
using System.Text;
using Relance.Storage;

namespace Relance.Tests.Evidence;

/// <summary>Tampering: with one byte, with a whole file whose sum is mended, with the archive itself.</summary>
public sealed class A_dossier_tells_what_was_changed() : EvidenceTests(Dialect.Sqlite)
{
    private const int FlipsPerFile = 60;

    [Fact]
    public async Task One_byte_in_any_file_is_found_and_the_file_named()
    {
        var (zip, _) = await ExportAsync();
        var files = Files(zip);
        var flips = 0;
        foreach (var (name, content) in files)
        {
            var start = zip.AsSpan().IndexOf(content);
            for (var at = 0; at < content.Length; at += Math.Max(1, content.Length / FlipsPerFile), flips++)
                await ShouldNameAsync(Flipped(zip, start + at), name, $"{name}, byte {at}");
        }
        flips.ShouldBeGreaterThan(files.Count * FlipsPerFile);
    }

    [Fact]
    public async Task One_byte_in_any_line_of_the_journal_is_found_and_the_line_named()
    {
        var (zip, _) = await ExportAsync();
        var journal = Files(zip)["journal.jsonl"];
        var start = zip.AsSpan().IndexOf(journal);
        var lines = Encoding.UTF8.GetString(journal).Split('\n')[..^1];
        lines.Length.ShouldBeGreaterThan(5);
        var (at, checks) = (0, 0);
        foreach (var (line, n) in lines.Select((line, n) => (line, n + 1)))
        {
            for (var i = 0; i < line.Length; i += 7, checks++)
            {
                var (verdict, named) = (await VerifyAsync(Flipped(zip, start + at + i)), string.Create(CultureInfo.InvariantCulture, $"line {n}, "));
                verdict.Findings.Where(f => f is { Part: "journal.jsonl", Entry: not null }).Select(f => f.Message)
                    .ShouldContain(message => message.StartsWith(named, StringComparison.Ordinal), $"line {n}, character {i}: {string.Join(" | ", verdict.Findings)}");
            }
            at += Encoding.UTF8.GetByteCount(line) + 1;
        }
        checks.ShouldBeGreaterThan(200);
    }

    [Fact]
    public async Task A_line_whose_sum_was_mended_is_found_by_the_chain_and_only_that_line()
    {
        var files = Files((await ExportAsync()).Zip);
        var lines = Encoding.UTF8.GetString(files["journal.jsonl"]).Split('\n')[..^1];
        for (var n = 0; n < lines.Length; n++)
        {
            foreach (var (what, forged) in Forgeries(lines, n))
            {
                files["journal.jsonl"] = Encoding.UTF8.GetBytes(string.Concat(forged.Select(line => line + "\n")));
                var verdict = await VerifyAsync(Packed(files));
                verdict.Whole.ShouldBeFalse($"{what} {n}");
                verdict.Findings.Select(f => f.Entry).ShouldAllBe(entry => entry == n + 1, $"{what} {n}: {string.Join(" | ", verdict.Findings)}");
            }
        }
    }

    [Fact]
    public async Task A_mail_whose_sum_was_mended_is_found_by_the_journal()
    {
        var files = Files((await ExportAsync()).Zip);
        var mail = files.Keys.Single(name => name.StartsWith("mails/", StringComparison.Ordinal));
        files[mail] = [.. files[mail], (byte)' '];
        var finding = (await VerifyAsync(Packed(files))).Findings.ShouldHaveSingleItem();
        (finding.Kind, finding.Part).ShouldBe(("missing", "journal.jsonl"));
        finding.Message.ShouldContain("names a file");
    }

    [Fact]
    public async Task A_file_that_is_missing_or_added_is_named()
    {
        var whole = Files((await ExportAsync()).Zip);
        foreach (var name in whole.Keys.Where(name => name != "SHA256SUMS"))
        {
            var files = new Dictionary<string, byte[]>(whole);
            files.Remove(name);
            (await VerifyAsync(Zip(files))).Findings.ShouldContain(f => f.Kind == "missing" && f.Part == name);
        }
        (await VerifyAsync(Zip([.. whole, new("mails/more.eml", [1])]))).Findings.ShouldHaveSingleItem().ShouldBe(new("added", "mails/more.eml", null, "it was not exported"));
        (await VerifyAsync(Zip([.. whole.Where(f => f.Key != "SHA256SUMS")]))).Findings.ShouldContain(f => f.Kind == "missing" && f.Part == "SHA256SUMS");
    }

    [Fact]
    public async Task A_byte_of_the_archive_itself_either_matters_and_is_found_or_changes_no_file()
    {
        var (zip, _) = await ExportAsync();
        var files = Files(zip);
        var inside = new bool[zip.Length];
        foreach (var content in files.Values)
            inside.AsSpan(zip.AsSpan().IndexOf(content), content.Length).Fill(value: true);
        var (found, harmless) = (0, 0);
        for (var at = 0; at < zip.Length; at += 3)
        {
            if (inside[at])
                continue;
            var flipped = Flipped(zip, at);
            if (!(await VerifyAsync(flipped)).Whole)
            {
                found++;
                continue;
            }
            harmless++;
            var same = Files(flipped);
            same.Keys.ShouldBe(files.Keys, $"byte {at}");
            foreach (var (name, content) in same)
                content.ShouldBe(files[name], $"byte {at}");
        }
        found.ShouldBeGreaterThan(harmless / 2);
    }

    [Fact]
    public async Task Hostile_archives_are_refused_and_nothing_is_unpacked()
    {
        var whole = Files((await ExportAsync()).Zip);
        foreach (var name in new[] { "../../etc/passwd", "/etc/passwd", "C:\\autoexec.bat", "mails/../../x", "mails/\u001b[31m", ".ssh", "a/b/c" })
            (await VerifyAsync(Zip([.. whole, new(name, [1])]))).Findings.ShouldContain(f => f.Kind == "unsafe", name);
        (await VerifyAsync(Zip([.. whole, .. whole.Where(f => f.Key == "index.html")]))).Findings.ShouldContain(f => f.Kind == "added" && f.Part == "index.html");
        (await VerifyAsync(Zip([new("journal.jsonl", new byte[50_000_000])], CompressionLevel.Fastest))).Findings.ShouldContain(f => f.Kind == "unsafe" && f.Part == "journal.jsonl");
        (await VerifyAsync(Zip([new("journal.jsonl", new byte[5_000_000])]))).Findings.ShouldContain(f => f.Part == "journal.jsonl" && f.Kind == "altered", "a line without an end");
    }

    [Fact]
    public async Task A_file_that_was_cut_or_is_none_is_no_dossier()
    {
        var (zip, _) = await ExportAsync();
        for (var length = 0; length < zip.Length; length += zip.Length / 40)
            (await VerifyAsync(zip[..length])).Findings.ShouldHaveSingleItem().Part.ShouldBe("archive");
        (await VerifyAsync(Encoding.UTF8.GetBytes("Bonjour"))).Findings.ShouldHaveSingleItem().Kind.ShouldBe("unreadable");
    }

    private static IEnumerable<(string What, IEnumerable<string> Lines)> Forgeries(string[] lines, int n)
    {
        yield return ("removed", [.. lines[..n], .. lines[(n + 1)..]]);
        yield return ("doubled", [.. lines[..(n + 1)], .. lines[n..]]);
        var hash = lines[n].LastIndexOf("\"hash\":\"", StringComparison.Ordinal) + 8;
        yield return ("rehashed", [.. lines[..n], lines[n][..hash] + new string('0', 64) + lines[n][(hash + 64)..], .. lines[(n + 1)..]]);
        foreach (var field in new[] { "at", "digest", "prev" })
        {
            var at = lines[n].IndexOf($"\"{field}\":", StringComparison.Ordinal);
            if (at < 0)
                continue;
            at += field.Length + 5;
            yield return (field, [.. lines[..n], lines[n][..at] + (lines[n][at] == '1' ? '2' : '1') + lines[n][(at + 1)..], .. lines[(n + 1)..]]);
        }
    }

    private static async Task ShouldNameAsync(byte[] zip, string part, string why)
    {
        var verdict = await VerifyAsync(zip);
        verdict.Whole.ShouldBeFalse(why);
        verdict.Findings.Select(f => f.Part).ShouldContain(part, $"{why}: {string.Join(" | ", verdict.Findings)}");
    }

    private static byte[] Flipped(byte[] zip, int at)
    {
        var flipped = (byte[])zip.Clone();
        flipped[at] ^= 1;
        return flipped;
    }

    // As somebody would who knows the format: all sums are right again.
    private static byte[] Packed(Dictionary<string, byte[]> files)
    {
        var lines = string.Concat(files.Where(f => f.Key != "SHA256SUMS").Select(f => $"{Values.Hash(f.Value)}  {f.Key}\n"));
        return Zip(new Dictionary<string, byte[]>(files) { ["SHA256SUMS"] = Encoding.ASCII.GetBytes($"{lines}# {Values.Hash(Encoding.ASCII.GetBytes(lines))}\n") });
    }

    private static byte[] Zip(IEnumerable<KeyValuePair<string, byte[]>> files, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }
        return zip.ToArray();
    }
}
