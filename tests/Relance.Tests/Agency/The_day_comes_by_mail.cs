using Microsoft.Extensions.Logging.Abstractions;
using Relance.Agency;
using Relance.Agency.Digest;
using Relance.Channels.Email;
using Relance.Demo.Mail;
using Relance.Operations;
using Relance.Storage;
using Relance.Tests.Servers;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Agency;

/// <summary>The morning digest: once a day, by whichever process, and only when there is something to say.</summary>
public abstract class The_day_comes_by_mail(Dialect dialect) : AgencyTests(dialect)
{
    private readonly SmtpCatcher _catcher = new(TimeProvider.System);

    [Fact]
    public async Task Two_processes_send_one_mail_with_the_day()
    {
        await MorningAsync();
        await ExecuteAsync("INSERT INTO task (id, dedup_key, kind, subject_id, due_on, state, data, created_at) VALUES ('a', 'a', 'check-bank', 'x', '2026-02-20', 'open', '{\"about\":\"Chèque <b>perdu</b>\"}', 0)");
        await ExecuteAsync("UPDATE shop SET unreachable_since = 0");
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Digest().RunAsync(Ct)));
        sent.Sum().ShouldBe(1);
        (await Digest().RunAsync(Ct)).ShouldBe(0, "after a restart");
        var mail = _catcher.Mails.ShouldHaveSingleItem();
        mail.To.ShouldContain("agence@agence.example");
        mail.Subject.ShouldBe("Votre journée du 02/03/2026");
        mail.Text.ShouldContain("Jeanne Lefèvre\u00A0: annonce de l’échéance CMD-");
        mail.Text.ShouldContain("Boutiques muettes (1)");
        mail.Text.ShouldContain("Chèque <b>perdu</b>");
        mail.Html.ShouldContain("Ch&#232;que &lt;b&gt;perdu&lt;/b&gt;");
        (await World.ListAsync("SELECT day || ' ' || state FROM digest")).ShouldBe(["2026-03-02 sent"]);
    }

    [Fact]
    public async Task English_agencies_read_English()
    {
        await MorningAsync();
        await Digest(locale: "en").RunAsync(Ct);
        var mail = _catcher.Mails.ShouldHaveSingleItem();
        mail.Subject.ShouldBe("Your day, 2 March 2026");
        mail.Text.ShouldContain("Jeanne Lefèvre: renewal notice CMD-");
    }

    [Fact]
    public async Task What_came_back_is_told()
    {
        await World.PlayAsync(Day0);
        await ExecuteAsync($"UPDATE message SET bounced_at = {At(Day0, 10).Millis()} WHERE state = 'sent'");
        World.Go(Day0.AddDays(1));
        await Digest().RunAsync(Ct);
        _catcher.Mails.ShouldHaveSingleItem().Text.ShouldContain("N’est pas arrivé (1)");
    }

    [Fact]
    public async Task A_day_without_content_sends_nothing()
    {
        await Digest().RunAsync(Ct);
        _catcher.Mails.ShouldBeEmpty();
        (await World.ListAsync("SELECT day || ' ' || state FROM digest")).ShouldBe(["2026-03-02 empty"]);
    }

    [Fact]
    public async Task Before_its_hour_or_without_an_address_nothing_happens()
    {
        await MorningAsync();
        await Digest(at: new TimeOnly(8, 30)).RunAsync(Ct);
        await Digest(to: null).RunAsync(Ct);
        _catcher.Mails.ShouldBeEmpty();
        (await CountAsync("digest")).ShouldBe(0);
    }

    [Fact]
    public async Task What_did_not_leave_is_tried_again_later_and_what_may_have_left_is_not()
    {
        await MorningAsync();
        await Digest(port: OwnedProcess.FreePort()).RunAsync(Ct);
        await Digest().RunAsync(Ct);
        _catcher.Mails.ShouldBeEmpty("not at once");
        await ExecuteAsync("UPDATE digest SET retry_at = 0");
        await ExecuteAsync("UPDATE digest SET handed_at = 1");
        await Digest().RunAsync(Ct);
        _catcher.Mails.ShouldBeEmpty("perhaps it left");
        await ExecuteAsync("UPDATE digest SET handed_at = NULL");
        (await Digest().RunAsync(Ct)).ShouldBe(1);
        _catcher.Mails.Count.ShouldBe(1);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _catcher.DisposeAsync();
    }

    private async Task MorningAsync()
    {
        await World.GoAndPullAsync(Day0, 8);
        await World.Jobs.PlanAsync(Ct);
        await World.Jobs.PostBackAsync(Ct);
    }

    // Each is a process of its own: nothing is shared but the database and the mail server.
    private DigestJob Digest(string? to = "agence@agence.example", TimeOnly? at = null, string locale = "fr", int? port = null)
    {
        var settings = Of<RelanceSettings>() with
        {
            Digest = new(to, at ?? new TimeOnly(8, 0)),
            Words = new(locale),
            Smtp = new() { Host = "127.0.0.1", Port = port ?? _catcher.Port, Security = SmtpSecurity.None, From = "relance@agence.example" },
        };
        var clocks = Of<Clocks>();
        return new(
            new AgencyReads(World.Database, settings, clocks), new DigestClaims(World.Database, clocks),
            new DigestMail(new SmtpChannel(settings.Smtp.ToOptions(), TimeProvider.System), settings, clocks), settings, clocks, NullLogger<DigestJob>.Instance);
    }
}

public sealed class The_day_comes_by_mail_on_sqlite() : The_day_comes_by_mail(Dialect.Sqlite);

public sealed class The_day_comes_by_mail_on_postgres() : The_day_comes_by_mail(Dialect.Postgres);
