using System.Text;
using System.Text.Json;
using Relance.Agency;
using Relance.Evidence;
using Relance.Journal;
using Relance.Operations.Retention;
using Relance.Privacy;
using Relance.Storage;
using Relance.Tests.Evidence;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Privacy;

public abstract class A_person_is_forgotten(Dialect dialect) : PrivacyTests(dialect)
{
    [Fact]
    public async Task The_export_holds_what_is_held_and_nobody_else()
    {
        var files = await ExportAsync(Address);
        var person = JsonDocument.Parse(files["person.json"]).RootElement;
        person.GetProperty("clients")[0].GetProperty("name").GetString().ShouldBe("Jeanne Lefèvre");
        foreach (var table in new[] { "addresses", "contracts", "orders", "cycles", "reminders", "messages", "attempts", "journal" })
            person.GetProperty(table).GetArrayLength().ShouldBeGreaterThan(0, table);
        person.GetProperty("attempts")[0].GetProperty("finished_at").GetString().ShouldNotBeNull().ShouldStartWith("20");
        person.GetProperty("contracts")[0].GetProperty("data").GetProperty("TermNo").GetInt32().ShouldBe(1);
        var mail = files.Single(file => file.Key.EndsWith(".eml", StringComparison.Ordinal)).Value;
        Encoding.UTF8.GetString(mail).ShouldContain(Address);
        string.Concat(files.Values.Select(Encoding.UTF8.GetString)).ShouldNotContain("loic@autre.example");
        (await ExportAsync(ClientId)).Keys.ShouldBe(files.Keys);
        await RefusedAsync(Refusal.NotFound, () => ExportAsync("nobody@client.example"));
    }

    [Fact]
    public async Task Nobody_is_forgotten_while_a_contract_runs()
    {
        var refused = await RefusedAsync(Refusal.Conflict, () => Erasure.EraseAsync(ClientId, Reason, Camille, Ct));
        refused.Expected.ShouldContain("relance contract end");
        (await World.ValueAsync<string>($"SELECT email FROM client WHERE id = '{ClientId}'")).ShouldBe(Address);
        await EndAsync();
        await RefusedAsync(Refusal.Invalid, () => Erasure.EraseAsync(ClientId, " ", Camille, Ct));
        await RefusedAsync(Refusal.NotFound, () => Erasure.EraseAsync("nobody", Reason, Camille, Ct));
    }

    [Fact]
    public async Task Looking_first_changes_nothing_and_says_what_will_be()
    {
        await EndAsync();
        await ExecuteAsync($"UPDATE client SET kind = 'Consumer' WHERE id = '{ClientId}'");
        var before = await World.SnapshotAsync();
        var seen = await Erasure.PreviewAsync(ClientId, Ct);
        var contract = seen.Contracts.ShouldHaveSingleItem();
        (seen.Done, contract.KeepUntil).ShouldBe((false, Day0.AddYears(2)), "two years from its end");
        contract.Articles.ShouldBe(["C. consom. L218-2"]);
        (await World.SnapshotAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Within_the_limitation_period_only_the_evidence_still_names_them()
    {
        await EndAsync();
        await Of<Pauses>().AddAsync(PauseScope.Client, ClientId, Day0.AddDays(9), "Jeanne Lefèvre est en congé", Camille, Ct);
        var report = await Erasure.EraseAsync(ClientId, Reason, Camille, Ct);
        (report.Done, report.Files, report.Contracts[0].KeepUntil).ShouldBe((true, 0, Day0.AddYears(5)), "of unknown kind: as long as a business");
        report.KeptFiles.ShouldBeGreaterThan(1);
        (await WhereAsync(Address, "Lefèvre", "jeanne")).Distinct().Order().ShouldBe(["content.bytes"]);
        var mine = await World.ValueAsync<string>($"SELECT id FROM contract WHERE client_id = '{ClientId}'");
        using var zip = new MemoryStream();
        (await Of<Dossiers>().WriteAsync(mine!, zip, "fr", pdf: false, Ct)).Mails.ShouldBe(1);
        (await EvidenceTests.VerifyAsync(zip.ToArray())).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Once_claims_are_barred_nothing_names_them_and_the_chain_is_whole()
    {
        await EndAsync();
        await Erasure.EraseAsync(Address, Reason, Camille, Ct);
        World.Go(Day0.AddYears(5));
        await Of<RetentionJob>().RunAsync(Ct);
        (await WhereAsync("Lefèvre")).ShouldContain("content.bytes", "the last day counts");
        World.Go(Day0.AddYears(5).AddDays(1));
        await Of<RetentionJob>().RunAsync(Ct);
        (await WhereAsync(Address, "Lefèvre", "jeanne")).ShouldBeEmpty();
        (await WhereAsync("loic@autre.example")).ShouldContain("content.bytes", "others keep theirs");
        (await World.Database.ReadAsync(s => JournalWriter.FirstBrokenAsync(s, World.ShopId))).ShouldBeNull();
    }

    [Fact]
    public async Task What_a_server_did_not_take_is_given_out_and_forgotten_like_the_mail_it_became()
    {
        World.Catcher.Deferral = "451 4.7.1 Greylisted, try again later";
        await World.PlayAsync(End.AddDays(-7));
        World.Catcher.Deferral = null;
        await ExecuteAsync("UPDATE message SET retry_at = 0 WHERE state = 'due'");
        World.Go(End.AddDays(-7), 9, 12);
        await World.Jobs.RoundAsync(Ct);
        var mine = $"FROM attempt a JOIN message m ON m.id = a.message_id JOIN client c ON c.recipient_id = m.recipient_id WHERE c.id = '{ClientId}'";
        (await World.ListAsync($"SELECT a.outcome {mine} ORDER BY m.id, a.n")).ShouldBe(["accepted", "deferred", "accepted"]);
        (await World.ValueAsync<long>($"SELECT COUNT(DISTINCT a.content_hash) {mine}")).ShouldBe(3, "each attempt is written anew");
        (await ExportAsync(Address)).Keys.Count(name => name.EndsWith(".eml", StringComparison.Ordinal)).ShouldBe(3);

        await EndAsync();
        World.Go(End.AddYears(6));
        await Erasure.EraseAsync(ClientId, Reason, Camille, Ct);
        (await WhereAsync(Address, "Lefèvre", "jeanne")).ShouldBeEmpty();
        (await World.Database.ReadAsync(s => JournalWriter.FirstBrokenAsync(s, World.ShopId))).ShouldBeNull();
    }

    [Fact]
    public async Task Evidence_whose_time_is_over_goes_at_once()
    {
        await EndAsync();
        World.Go(Day0.AddYears(5).AddDays(1));
        var report = await Erasure.EraseAsync(ClientId, Reason, Camille, Ct);
        (report.Files > 1, report.KeptFiles, report.Contracts[0].KeepUntil).ShouldBe((true, 0, null));
        (await WhereAsync(Address, "Lefèvre", "jeanne")).ShouldBeEmpty();
        await RefusedAsync(Refusal.Conflict, () => Erasure.EraseAsync(ClientId, Reason, Camille, Ct));
    }

    [Fact]
    public async Task Bytes_that_somebody_else_is_proven_by_too_stay()
    {
        await EndAsync();
        await World.Database.WriteAsync(async s => await JournalWriter.AppendAsync(
            s, World.ShopId, At(Day0), "note", "somebody-else", "{}", await s.ValueAsync<string>($"SELECT content_hash FROM journal WHERE kind = 'ended'")));
        World.Go(Day0.AddYears(6));
        await Erasure.EraseAsync(ClientId, Reason, Camille, Ct);
        (await WhereAsync("Site fermé")).ShouldBe(["content.bytes"]);
    }

    [Fact]
    public async Task Nothing_that_waits_still_goes_and_what_is_on_its_way_is_waited_for()
    {
        await EndAsync();
        var waiting = await World.ValueAsync<string>($"SELECT id FROM message WHERE recipient_id = (SELECT recipient_id FROM client WHERE id = '{ClientId}')");
        await ExecuteAsync($"UPDATE message SET state = 'sending' WHERE id = '{waiting}'");
        (await RefusedAsync(Refusal.Conflict, () => Erasure.EraseAsync(ClientId, Reason, Camille, Ct))).Expected.ShouldContain("a minute");
        await ExecuteAsync($"UPDATE message SET state = 'due' WHERE id = '{waiting}'");
        var caught = World.Catcher.Mails.Count;
        (await Erasure.EraseAsync(ClientId, Reason, Camille, Ct)).Withdrawn.ShouldBeGreaterThan(0);
        for (var day = 1; day < 40; day += 3)
            await World.PlayAsync(Day0.AddDays(day));
        World.Catcher.Mails.Skip(caught).ShouldAllBe(mail => !mail.To.Contains(Address));
        (await World.ValueAsync<string>($"SELECT state FROM message WHERE id = '{waiting}'")).ShouldBe("void");
    }

    [Fact]
    public async Task What_the_shop_still_says_brings_nobody_back()
    {
        await EndAsync();
        await Erasure.EraseAsync(ClientId, Reason, Camille, Ct);
        World.Buy(Day0.AddDays(1));
        // The same person under another number.
        World.Buy(Day0.AddDays(1), client: World.Shop.AddCustomer("compte2@client.example", "Jeanne", "Lefèvre", billingEmail: Address));
        var caught = World.Catcher.Mails.Count;
        for (var day = 1; day < 4; day++)
            await World.PlayAsync(Day0.AddDays(day));
        (await WhereAsync(Address, "Lefèvre", "jeanne")).Distinct().Order().ShouldBe(["content.bytes"]);
        (await World.TasksAsync()).ShouldContain("erased-client-returned");
        World.Catcher.Mails.Skip(caught).ShouldAllBe(mail => !mail.To.Contains(Address));

        await Erasure.ReadmitAsync(ClientId, Address, "De nouveau cliente", Camille, Ct);
        World.Buy(Day0.AddDays(5));
        await World.GoAndPullAsync(Day0.AddDays(5), 12);
        (await World.ValueAsync<string>($"SELECT email FROM client WHERE id = '{ClientId}'")).ShouldBe(Address);
        await RefusedAsync(Refusal.Conflict, () => Erasure.ReadmitAsync(ClientId, null, "De nouveau cliente", Camille, Ct));
    }

    [Fact]
    public async Task Everybody_behind_one_address_is_one_person_in_any_shop()
    {
        await ExecuteAsync($"INSERT INTO client (id, shop_id, external_key, recipient_id, kind, locale, name, email, source_at) SELECT 'other', shop_id, 'guest:{Address}', recipient_id, kind, locale, 'SARL Lefèvre', email, 0 FROM client WHERE id = '{ClientId}'");
        await EndAsync();
        (await Erasure.EraseAsync("other", Reason, Camille, Ct)).Clients.Count.ShouldBe(2);
        (await WhereAsync(Address, "SARL")).Distinct().Order().ShouldBe(["content.bytes"]);
    }

    [Fact]
    public async Task A_servers_words_enter_the_journal_without_the_address()
    {
        JournalEntry.Masked("550 5.1.1 <jeanne@client.example>: Recipient address rejected").ShouldBe("550 5.1.1 <…>: Recipient address rejected");
        JournalEntry.Masked("250 2.0.0 Ok: queued as 4F2").ShouldBe("250 2.0.0 Ok: queued as 4F2");
        (await World.ListAsync("SELECT entry FROM journal")).ShouldAllBe(entry => !entry.Contains('@', StringComparison.Ordinal));
    }
}

public sealed class A_person_is_forgotten_in_SQLite() : A_person_is_forgotten(Dialect.Sqlite);

public sealed class A_person_is_forgotten_in_PostgreSQL() : A_person_is_forgotten(Dialect.Postgres);
