using System.Globalization;
using System.Text.Json;
using Relance.Agency;
using Relance.Legal;
using Relance.Operations;
using Relance.Storage;
using Relance.Tests.Billing;
using Relance.Tests.Cli;
using Relance.Tests.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Legal;

/// <summary>Six tacit contracts on 2 March 2026, each with its own trouble, on either database.</summary>
public abstract class The_legal_dates_of_contracts(Dialect dialect) : IAsyncLifetime
{
    private static readonly Actor s_camille = new(Actor.OfPerson, "Camille");
    private TestDatabase _storage = null!;
    private BillingWorld _world = null!;

    private LegalReads Reads => _world.Service<LegalReads>();

    private ContractActions Actions => _world.Service<ContractActions>();

    public async Task InitializeAsync()
    {
        _storage = await TestDatabase.EmptyAsync(dialect);
        _world = await StartAsync(null, $"Database={_storage.ConnectionString}", "Products:0:Tacit=true", "Products:0:Notice=P2M");
        foreach (var (name, bought) in new[] { ("Loin", "2025-09-10"), ("Proche", "2025-06-06"), ("Manquée", "2025-04-02"), ("Court", "2025-12-01"), ("Société", "2025-08-01"), ("Sans", "2025-10-01") })
            _world.Buy(DateOnly.ParseExact(bought, "yyyy-MM-dd", CultureInfo.InvariantCulture), client: _world.Shop.AddCustomer($"{bought}@client.example", "Client", name));
        await _world.LinkAsync();
        await Actions.SetClausesAsync(await IdAsync("Court"), new("P11M"), s_camille, default);
        await _world.Service<ClientActions>().SetKindAsync(await _world.Database.ReadAsync(async s => (await s.ValueAsync<string>("SELECT id FROM client WHERE name = 'Client Société'"))!), "business", s_camille, default);
        var without = await IdAsync("Sans");
        (await _world.Database.WriteAsync(s => s.ExecuteAsync("UPDATE contract SET data = REPLACE(REPLACE(data, '\"NoticeMonths\":2', '\"NoticeMonths\":null'), '\"ConcludedOnline\":true', '\"ConcludedOnline\":null') WHERE id = @without", new { without }))).ShouldBe(1);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task The_calendar_names_every_date_of_the_law_in_its_order()
    {
        var calendar = await Reads.CalendarAsync(null, null, default);
        (calendar.From, calendar.To, calendar.Contracts).ShouldBe((Day0, Day0.AddDays(120), 6));
        // T 2026-09-09, P two months; 9 May is a Saturday after a holiday.
        DatesOf(calendar, "Loin").ShouldBe(["2026-04-09 window-opens", "2026-05-07 send-on", "2026-06-02 alarm", "2026-06-09 hard-stop"]);
        DatesOf(calendar, "Proche").ShouldBe(["2026-03-05 hard-stop", "2026-04-05 deadline", "2026-06-05 term"]);
        // No window is left: the notice is missed, and the next term begins its own.
        DatesOf(calendar, "Manquée").ShouldBe(["2026-04-01 term"]);
        DatesOf(calendar, "Société").ShouldBe(["2026-05-31 deadline"], "a contract between businesses goes by its clause");
        DatesOf(calendar, "Sans").ShouldBeEmpty();
        calendar.Dates.Select(date => date.On).ShouldBeInOrder();
    }

    [Fact]
    public async Task The_terms_that_follow_are_there_as_if_the_contract_went_on()
    {
        var calendar = await Reads.CalendarAsync(730, null, default);
        // Missed for this term, open for the next ones.
        calendar.Dates.Where(date => date.Client == "Client Manquée").Select(date => (date.TermEnd.Text(), date.Notice)).Distinct()
            .ShouldBe([("2026-04-01", "missed"), ("2027-04-01", "open"), ("2028-04-01", "open")]);
        calendar.Dates.Count(date => date is { Client: "Client Manquée", What: "hard-stop" }).ShouldBe(2);
    }

    [Fact]
    public async Task The_audit_says_what_is_not_in_order_the_worst_first()
    {
        var audit = await Reads.AuditAsync(null, "fr", default);
        audit.Findings.Select(finding => finding.Level).ShouldBeInOrder();
        KindsOf(audit, "Loin").ShouldBe(["client-kind-unknown", "no-renewal-duration"], "an order says that it was concluded online");
        KindsOf(audit, "Proche").ShouldContain("near-hard-stop");
        KindsOf(audit, "Manquée").ShouldContain("notice-missed");
        KindsOf(audit, "Court").ShouldContain("notice-blocked");
        KindsOf(audit, "Sans").ShouldBe(["client-kind-unknown", "no-notice-period", "no-renewal-duration", "online-unknown"]);
        KindsOf(audit, "Société").ShouldBe(["no-renewal-duration"]);
        audit.Findings[0].ShouldSatisfyAllConditions(first => first.Kind.ShouldBe("near-hard-stop"), first => first.Until.ShouldBe(new DateOnly(2026, 3, 5)), first => first.Message.ShouldContain("5 mars 2026"));
        audit.Findings.ShouldAllBe(finding => finding.Articles.Count > 0 && finding.Mend.Length > 0 && finding.Reference.StartsWith("CMD-"));
    }

    [Fact]
    public async Task What_is_put_in_order_is_named_no_more()
    {
        var near = await IdAsync("Proche");
        await Actions.SetClausesAsync(near, new(RenewalMonths: 12, ConcludedOnline: false), s_camille, default);
        await Actions.NoticeGivenAsync(near, Day0.AddDays(-3), "Recommandé 1A 200", s_camille, default);
        KindsOf(await Reads.AuditAsync(null, "en", default), "Proche").ShouldBe(["client-kind-unknown"]);
        DatesOf(await Reads.CalendarAsync(null, null, default), "Proche").ShouldBe(["2026-04-05 deadline", "2026-06-05 term"]);
        await Actions.EndAsync(near, "Fin", s_camille, default);
        (await Reads.AuditAsync(null, "en", default)).Findings.ShouldNotContain(finding => finding.ContractId == near);
    }

    [Fact]
    public async Task One_that_a_person_keeps_back_and_one_without_an_address_are_named()
    {
        await Actions.SwitchNoticeOffAsync(await IdAsync("Loin"), "Le client part", s_camille, default);
        await _world.Database.WriteAsync(s => s.ExecuteAsync("UPDATE client SET email = NULL WHERE name = 'Client Proche'"));
        var audit = await Reads.AuditAsync(null, "en", default);
        audit.Findings.Single(finding => finding.Kind == "notice-off").Message.ShouldContain("Le client part");
        KindsOf(audit, "Proche").ShouldContain("no-address");
    }

    [Fact]
    public async Task An_automatic_payment_of_a_covered_client_is_a_question()
    {
        var id = await IdAsync("Loin");
        await _world.Database.WriteAsync(s => s.ExecuteAsync("UPDATE contract SET data = REPLACE(data, '\"Kind\":\"Tacit\"', '\"Kind\":\"Automatic\"') WHERE id = @id", new { id }));
        KindsOf(await Reads.AuditAsync(null, "en", default), "Loin").ShouldBe(["automatic-renewal", "client-kind-unknown"]);
        (await Reads.CalendarAsync(null, null, default)).Dates.ShouldNotContain(date => date.ContractId == id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(731)]
    public async Task Days_beyond_reason_are_refused(int days) => (await Should.ThrowAsync<RefusedException>(() => Reads.CalendarAsync(days, null, default))).Field.ShouldBe("days");

    [Fact]
    public async Task The_command_line_shows_both()
    {
        var settings = _world.Service<RelanceSettings>();
        var at = _world.Service<Clocks>().Now.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
        using var relance = new RelanceProcess();
        string[] common = ["--clock", at, "--set", $"Database={settings.ConnectionString}", "--set", $"DataFolder={settings.DataFolder}"];
        var calendar = JsonDocument.Parse((await relance.RunAsync(null, ["law", "calendar", "--days", "30", "--json", .. common])).Output).RootElement;
        calendar.GetProperty("dates").EnumerateArray().Select(date => date.GetProperty("what").GetString()).ShouldContain("hard-stop");
        var audit = await relance.RunAsync(null, ["law", "audit", .. common]);
        (audit.Code, audit.Output.Contains("5 March 2026", StringComparison.Ordinal) || audit.Output.Contains("5 mars 2026", StringComparison.Ordinal)).ShouldBe((0, true));
        var wrong = await relance.RunAsync(null, ["law", "calendar", "--days", "0", .. common]);
        (wrong.Code, wrong.Error.Trim()).ShouldBe((2, "--days: expected a whole number from 1 to 730."));
        var nobody = await relance.RunAsync(null, ["law", "audit", "--shop", "nobody", .. common]);
        (nobody.Code, nobody.Error.StartsWith("--shop: there is none", StringComparison.Ordinal)).ShouldBe((2, true));
    }

    private async Task<string> IdAsync(string name) => (await _world.Database.ReadAsync(s => s.ValueAsync<string>(
        "SELECT c.id FROM contract c JOIN client cl ON cl.id = c.client_id WHERE cl.name = @Name", new { Name = $"Client {name}" }))).ShouldNotBeNull();

    private static IEnumerable<string> DatesOf(LegalCalendar calendar, string name) => calendar.Dates.Where(date => date.Client == $"Client {name}").Select(date => $"{date.On.Text()} {date.What}");

    private static IEnumerable<string> KindsOf(LegalAudit audit, string name) => audit.Findings.Where(finding => finding.Client == $"Client {name}").Select(finding => finding.Kind).Order();
}

public sealed class The_legal_dates_on_sqlite() : The_legal_dates_of_contracts(Dialect.Sqlite);

public sealed class The_legal_dates_on_postgres() : The_legal_dates_of_contracts(Dialect.Postgres);
