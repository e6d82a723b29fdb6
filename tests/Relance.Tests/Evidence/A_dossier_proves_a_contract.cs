using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Relance.Agency;
using Relance.Domain.Billing;
using Relance.Evidence;
using Relance.Storage;

namespace Relance.Tests.Evidence;

public abstract class A_dossier_proves_a_contract(Dialect dialect) : EvidenceTests(dialect)
{
    [Fact]
    public async Task It_holds_the_mails_as_they_left_and_the_servers_answers()
    {
        var (zip, report) = await ExportAsync();
        var files = Files(zip);
        var (name, mail) = files.Single(file => file.Key.StartsWith("mails/", StringComparison.Ordinal));
        name.ShouldStartWith("mails/2026-03-02-maintenance-notice-");
        Encoding.Latin1.GetString(mail).ShouldContain("jeanne@client.example");
        var answers = JsonDocument.Parse(files["answers.json"]).RootElement[0];
        answers.GetProperty("file").GetString().ShouldBe(name);
        answers.GetProperty("attempts")[0].GetProperty("answer").GetString().ShouldNotBeNull().ShouldStartWith("250");
        files.Keys.ShouldBe(["journal.jsonl", name, "dossier.json", "answers.json", "law.json", "VERIFY.txt", "index.html", "SHA256SUMS"]);
        report.ShouldSatisfyAllConditions(r => r.Mails.ShouldBe(1), r => r.Erased.ShouldBe(0), r => r.Reference.ShouldStartWith("CMD-"));
    }

    [Fact]
    public async Task Of_other_clients_it_holds_nothing_but_digests_and_the_chain_can_be_followed_past_them()
    {
        var (zip, report) = await ExportAsync();
        var all = string.Concat(Files(zip).Values.Select(Encoding.UTF8.GetString));
        var theirs = await World.ListAsync($"SELECT c.id FROM contract c WHERE c.id <> '{Mine}' UNION SELECT m.id FROM message m JOIN recipient r ON r.id = m.recipient_id WHERE r.address_key = '{Other}'");
        theirs.Count.ShouldBe(2);
        foreach (var word in theirs.Concat([Other, "Benali"]))
            all.ShouldNotContain(word);
        report.Clear.ShouldBeLessThan((int)report.Entries);
        var verdict = await VerifyAsync(zip);
        verdict.Findings.ShouldBeEmpty();
        (verdict.Whole, verdict.Entries, verdict.Clear, verdict.Head).ShouldBe((true, report.Entries, report.Clear, report.Head));
        verdict.Head.ShouldBe(await World.ValueAsync<string>("SELECT hash FROM journal_head"));
    }

    [Fact]
    public async Task The_same_contract_gives_the_same_bytes()
    {
        var (first, _) = await ExportAsync();
        (await ExportAsync()).Zip.ShouldBe(first);
    }

    [Fact]
    public async Task The_index_says_it_in_both_languages_and_escapes_what_comes_from_outside()
    {
        await ExecuteAsync("UPDATE client SET name = '<script>Lefèvre & Cie</script>'");
        foreach (var (locale, title) in new[] { ("fr", "Dossier de preuve du contrat CMD-"), ("en", "Evidence of the contract CMD-") })
        {
            var index = Encoding.UTF8.GetString(Files((await ExportAsync(locale: locale)).Zip)["index.html"]);
            index.ShouldContain(title);
            index.ShouldContain("&lt;script&gt;Lefèvre &amp; Cie");
            index.ShouldNotContain("<script");
        }
        await RefusedAsync(Refusal.Invalid, () => ExportAsync(locale: "de"));
    }

    [Fact]
    public async Task A_tacit_contract_shows_its_window_with_articles_and_working()
    {
        var contract = (await World.ContractsAsync()).Single(c => c.Id == Mine);
        await World.Database.WriteAsync(s => Relance.Billing.ContractStore.UpdateAsync(s, contract with { State = contract.State with { Kind = RenewalKind.Tacit, NoticeMonths = 2 } }));
        var law = JsonDocument.Parse(Files((await ExportAsync()).Zip)["law.json"]).RootElement;
        var window = law.EnumerateArray().First(made => made.GetProperty("kind").GetString() == "notice-window").GetProperty("result");
        window.GetProperty("articles").EnumerateArray().Select(a => a.GetString()).ShouldContain("C. consom. L215-1");
        window.GetProperty("working").GetArrayLength().ShouldBeGreaterThan(0);
        law.EnumerateArray().Select(made => made.GetProperty("kind").GetString()).ShouldContain("limitation");
    }

    [Fact]
    public async Task What_is_erased_is_named_and_the_rest_still_verifies()
    {
        var hash = await World.ValueAsync<string>($"SELECT m.content_hash FROM message m JOIN recipient r ON r.id = m.recipient_id WHERE r.address_key = 'jeanne@client.example'");
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE content SET bytes = @Empty, erased_at = 1 WHERE hash = @hash", new { Empty = Array.Empty<byte>(), hash }));
        var (zip, report) = await ExportAsync();
        (report.Mails, report.Erased).ShouldBe((0, 1));
        (await VerifyAsync(zip)).Findings.ShouldBeEmpty();
        Encoding.UTF8.GetString(Files(zip)["dossier.json"]).ShouldContain(hash!);
    }

    [Fact]
    public async Task Its_sums_are_what_sha256sum_reads()
    {
        var folder = Directory.CreateTempSubdirectory("relance-dossier-").FullName;
        try
        {
            await using (var zip = new MemoryStream((await ExportAsync()).Zip))
                await ZipFile.ExtractToDirectoryAsync(zip, folder);
            using var sums = Process.Start(new ProcessStartInfo("sha256sum", ["--strict", "-c", "SHA256SUMS"]) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true })!;
            (await sums.StandardOutput.ReadToEndAsync()).ShouldContain("index.html: OK");
            await sums.WaitForExitAsync();
            sums.ExitCode.ShouldBe(0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_file_is_whole_or_not_there_and_never_written_over_unasked()
    {
        var folder = Directory.CreateTempSubdirectory("relance-dossier-").FullName;
        var path = Path.Combine(folder, "dossier.zip");
        try
        {
            await RefusedAsync(Refusal.NotFound, () => SaveAsync("nobody", force: false));
            Directory.GetFiles(folder).ShouldBeEmpty();
            await SaveAsync(Mine, force: false);
            var before = await File.ReadAllBytesAsync(path);
            (await RefusedAsync(Refusal.Conflict, () => SaveAsync(Mine, force: false))).Expected.ShouldContain("--force");
            await RefusedAsync(Refusal.NotFound, () => SaveAsync("nobody", force: true));
            (await File.ReadAllBytesAsync(path)).ShouldBe(before);
            await SaveAsync(Mine, force: true);
            Directory.GetFiles(folder).ShouldBe([path]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Task<DossierReport> SaveAsync(string id, bool force) => DossierFile.SaveAsync("out", path, force, to => Of<Dossiers>().WriteAsync(id, to, "fr", pdf: false, Ct));
    }
}

public sealed class A_dossier_proves_a_contract_in_SQLite() : A_dossier_proves_a_contract(Dialect.Sqlite);

public sealed class A_dossier_proves_a_contract_in_PostgreSQL() : A_dossier_proves_a_contract(Dialect.Postgres);
