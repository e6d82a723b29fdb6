using Microsoft.Extensions.Configuration;
using Relance.Domain.Law;
using Relance.Operations;

namespace Relance.Tests.Operations;

public class Settings_are_checked_at_start
{
    private static RelanceSettings Load(params (string Name, string Value)[] values) => SettingsLoader.Load(
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create("Relance:" + v.Name, (string?)v.Value))).Build());

    private static IReadOnlyList<string> Faults(params (string Name, string Value)[] values) =>
        Should.Throw<SettingsException>(() => Load(values)).Faults;

    [Fact]
    public void Nothing_set_gives_a_service_on_SQLite_at_port_8080()
    {
        var settings = Load();
        settings.IsPostgres.ShouldBeFalse();
        settings.ConnectionString.ShouldBe($"Data Source={Path.Combine(Path.GetFullPath("data"), "relance.db")}");
        settings.PublicUrl.Port.ShouldBe(8080);
        settings.SyncEvery.ShouldBe(TimeSpan.FromMinutes(15));
        settings.DailyCeiling.ShouldBe(200);
        SettingsChecks.Warnings(settings).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Smtp:Port", "0")]
    [InlineData("Smtp:Port", "smtp")]
    [InlineData("Smtp:Security", "ssl")]
    [InlineData("Smtp:Security", "1")]
    [InlineData("Digest:To", "contact@agence.example")]
    [InlineData("Digest:At", "8h")]
    [InlineData("Smtp:From", "not an address")]
    [InlineData("Smtp:From", "Agence <contact@agence.example>")]
    [InlineData("Smtp:TrustedRoot", "no-such-file.pem")]
    [InlineData("Smtp:Host", "mail host")]
    [InlineData("Sender:TradeName", "Agence\r\nBcc: x@y.example")]
    [InlineData("Sender:Siren", "732829321")]
    [InlineData("Sender:Siren", "73282932")]
    [InlineData("Sender:Iban", "FR7630006000011234567890188")]
    [InlineData("Sender:Bic", "AGRIFRP")]
    [InlineData("Sender:Website", "agence.example")]
    [InlineData("PublicUrl", "ftp://agence.example")]
    [InlineData("PublicUrl", "https://user:pass@agence.example")]
    [InlineData("Calendar:Window", "10:00-09:00")]
    [InlineData("Calendar:Window", "9-10")]
    [InlineData("Calendar:Region", "corse")]
    [InlineData("Calendar:TimeZone", "Europe/Lutece")]
    [InlineData("Calendar:BusinessDaysOnly", "oui")]
    [InlineData("SyncEvery", "00:00:01")]
    [InlineData("SyncEvery", "often")]
    [InlineData("DailyCeiling", "0")]
    [InlineData("MinimumGapDays", "-1")]
    [InlineData("Maintenance:NoticeDays", "20")]
    [InlineData("Outbox:AttemptMinutes", "15")]
    [InlineData("Outbox:MaxCheckAgeSeconds", "121")]
    [InlineData("Urls", "8080")]
    [InlineData("TrustedProxies:0", "proxy.example")]
    [InlineData("TrustedProxies:0", "172.18.0.2/16")]
    [InlineData("Database", "relance")]
    [InlineData("Database", "Host=h;Nonsense=1")]
    [InlineData("RedirectTo", "nobody")]
    [InlineData("Smpt:Host", "mail.example")]
    public void A_wrong_value_is_refused_by_the_name_of_its_setting(string name, string value)
    {
        var fault = Faults((name, value)).ShouldHaveSingleItem();
        fault.ShouldStartWith($"Relance:{name}: ");
        fault.ShouldNotContain($"'{value}'");
    }

    [Fact]
    public void Every_fault_is_told_at_once() =>
        Faults(("Smtp:Port", "x"), ("Sender:Siren", "1"), ("DailyCeiling", "x")).Count.ShouldBe(3);

    [Fact]
    public void A_fault_never_repeats_a_secret() =>
        Faults(("Database", "Host=h;Pasword=hunter2"), ("Smtp:Pasword", "hunter2")).ShouldAllBe(fault => !fault.Contains("hunter2"));

    [Fact]
    public void A_password_needs_its_user() => Faults(("Smtp:Password", "p")).ShouldHaveSingleItem().ShouldContain("Smtp:User");

    [Fact]
    public void A_password_keeps_its_spaces() => Load(("Smtp:User", "u"), ("Smtp:Password", " p ")).Smtp.Password.ShouldBe(" p ");

    [Fact]
    public void Printing_settings_shows_no_password()
    {
        var settings = Load(("Database", "Host=db;Password=hunter2;Database=relance"), ("Smtp:User", "u"), ("Smtp:Password", "hunter2"));
        $"{settings} {settings.Smtp} {settings.DatabaseForDisplay}".ShouldNotContain("hunter2");
        settings.IsPostgres.ShouldBeTrue();
    }

    [Fact]
    public void Bank_and_company_numbers_are_stored_without_spaces()
    {
        var sender = Load(("Sender:Siren", "732 829 320"), ("Sender:Iban", "fr76 3000 6000 0112 3456 7890 189"), ("Sender:Bic", "agri fr pp")).Sender;
        sender.Siren.ShouldBe("732829320");
        sender.Iban.ShouldBe("FR7630006000011234567890189");
        sender.Bic.ShouldBe("AGRIFRPP");
    }

    [Fact]
    public void A_product_rule_has_exactly_one_key()
    {
        Faults(("Products:0:Months", "12")).ShouldHaveSingleItem().ShouldContain("Products:0");
        Faults(("Products:0:Sku", "a"), ("Products:0:ProductId", "3")).ShouldHaveSingleItem().ShouldContain("exactly one");
        var rule = Load(("Products:0:ProductId", "10"), ("Products:0:Months", "6"), ("Products:0:Tacit", "true"), ("Products:0:Notice", "P3M")).Products.ShouldHaveSingleItem();
        rule.ShouldBe(new ProductRule(10, null, null, 6, Tacit: true) { Notice = NoticePeriod.OfMonths(3) });
    }

    [Theory]
    [InlineData("https://relance.agence.example", 0)]
    [InlineData("http://relance.agence.example:8080", 0)]
    [InlineData("http://relance.agence.example:5000", 1)]
    public void A_port_that_WordPress_does_not_call_is_warned_about(string url, int warnings) =>
        SettingsChecks.Warnings(Load(("PublicUrl", url))).Count().ShouldBe(warnings);
}
