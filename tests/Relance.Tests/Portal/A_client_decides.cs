using System.Net;
using Relance.Agency;
using Relance.Storage;
using Relance.Tests.Billing;

namespace Relance.Tests.Portal;

/// <summary>From the mailed notice to the end of the contract, on the client's own page.</summary>
public abstract class A_client_decides(Dialect dialect) : PortalTests(dialect)
{
    [Fact]
    public async Task Looking_changes_nothing_and_says_what_will_happen()
    {
        var (refuse, terminate) = await NoticeAsync();
        var before = await World.SnapshotAsync();
        var page = await GetAsync(refuse);
        page.Status.ShouldBe(HttpStatusCode.OK);
        foreach (var part in (string[])["Jeanne Lefèvre", "Date limite de non-reconduction : 31 octobre 2026", "CMD-", "du 1er janvier 2026 au 31 décembre 2026",
            "reconduit du 1er janvier 2027 au 31 décembre 2027, 648,00 € TTC", "Votre contrat prend fin le 31 décembre 2026", "Ne pas reconduire mon contrat", "4 rue de la République, 69001 Lyon"])
            page.Text.ShouldContain(part);
        page.Html.ShouldContain("<html lang=\"fr\"");
        page.Headers["Cache-Control"].ShouldBe("no-store");
        page.Headers["Referrer-Policy"].ShouldBe("no-referrer");
        page.Headers["X-Robots-Tag"].ShouldContain("noindex");
        page.Headers["Content-Security-Policy"].ShouldStartWith("default-src 'none'; style-src 'self'");
        page.Headers.Keys.ShouldNotContain("Set-Cookie");
        page.Html.ShouldNotContain("<script");
        page.Html.ShouldNotContain(refuse.Segments[^1], Case.Sensitive, "the page does not repeat its token");
        var head = await GetAsync(refuse, HttpMethod.Head);
        (head.Status, head.Html).ShouldBe((HttpStatusCode.OK, ""));
        (await GetAsync(terminate)).Text.ShouldContain("Résilier votre contrat");
        (await GetAsync(new Uri(refuse, $"{refuse.AbsolutePath}?confirm=yes&seal={page.Seal}"))).Status.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(refuse, HttpMethod.Delete)).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await World.SnapshotAsync()).ShouldBe(before);
        (await GetAsync(new Uri(refuse, $"{refuse.AbsolutePath}?lang=en"))).Text.ShouldContain("Last day to refuse the renewal: 31 October 2026");
    }

    [Fact]
    public async Task A_refusal_ends_the_contract_on_its_last_day_once_and_is_confirmed_by_mail_and_in_the_shop()
    {
        var (refuse, terminate) = await NoticeAsync();
        var seal = (await GetAsync(refuse)).Seal;
        var done = await PostAsync(refuse, ("seal", seal), ("confirm", "yes"));
        (done.Status, done.Headers["Location"]).ShouldBe((HttpStatusCode.SeeOther, "?lang=fr"));
        var after = await World.SnapshotAsync();
        (await PostAsync(refuse, ("seal", seal), ("confirm", "yes"))).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await ConfirmOnceMoreAsync(terminate, seal)).ShouldBe(HttpStatusCode.SeeOther);
        (await World.SnapshotAsync()).ShouldBe(after);

        (await World.StateAsync()).ClosedBy.ShouldBe("client:refuse");
        await RoundAsync(Due, 22);
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent", "tacit.declined sent"]);
        Mails[^1].Subject.ShouldContain("31 décembre 2026");
        StatusesInShop().ShouldBe(["declined"]);
        (await World.ListAsync("SELECT entry FROM journal WHERE kind = 'declined'")).ShouldHaveSingleItem().ShouldContain("client:refuse");
        var page = await GetAsync(refuse);
        page.Text.ShouldContain("Votre contrat prend fin le 31 décembre 2026. Il ne sera pas reconduit.");
        page.Text.ShouldContain("Décision enregistrée le 31 août 2026");
        page.Html.ShouldNotContain("<form");

        await Actions.ReopenAsync(ContractId, Camille, Ct);
        (await GetAsync(refuse)).Text.ShouldContain("Ne pas reconduire mon contrat");
    }

    [Fact]
    public async Task Nothing_is_done_without_the_box_the_form_of_this_page_and_a_browser_on_it()
    {
        var (refuse, terminate) = await NoticeAsync();
        var seal = (await GetAsync(refuse)).Seal;
        var before = await World.SnapshotAsync();
        var unticked = await PostAsync(refuse, ("seal", seal));
        (unticked.Status, unticked.Text.Contains("la case n’est pas cochée", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        (await PostAsync(new Uri(refuse, $"{refuse.AbsolutePath}?confirm=yes&seal={seal}"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await PostAsync(refuse, ("confirm", "yes"))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await PostAsync(refuse, ("seal", "x"), ("confirm", "yes"))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await PostAsync(terminate, ("seal", seal), ("confirm", "yes"))).Status.ShouldBe(HttpStatusCode.Conflict, "the seal of another page");
        (await PostAsync(refuse, new FormUrlEncodedContent([new("seal", seal), new("confirm", "yes")]), "cross-site")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await PostAsync(refuse, new StringContent("confirm=yes"))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await PostAsync(refuse, ("confirm", "yes"), ("seal", new string('x', 20_000)))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await World.SnapshotAsync()).ShouldBe(before);
        // What was shown is no longer so: the term of the contract moved meanwhile.
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE contract SET data = REPLACE(data, '2026-12-31', '2026-12-30')"));
        (await PostAsync(refuse, ("seal", seal), ("confirm", "yes"))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await World.ContractAsync()).Standing.ShouldNotBe("declined");
    }

    [Fact]
    public async Task After_the_deadline_the_page_says_so_and_passes_a_request_on()
    {
        var (refuse, _) = await NoticeAsync();
        await World.PlayAsync(Deadline.AddDays(1));
        var page = await GetAsync(refuse);
        page.Text.ShouldContain("La date limite de non-reconduction était le 31 octobre 2026. Le contrat se reconduit du 1er janvier 2027 au 31 décembre 2027.");
        (await ConfirmAsync(refuse)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await PostAsync(refuse, ("seal", page.Seal), ("confirm", "yes"))).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await GetAsync(refuse)).Text.ShouldContain("Votre demande a été transmise le 1er novembre 2026");
        (await World.TasksAsync()).ShouldBe(["refused-late"]);
        await RoundAsync(Deadline.AddDays(1), 22);
        await RoundAsync(Deadline.AddDays(2), 9);
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent", "tacit.reminder skipped", "tacit.received sent"]);
        var mail = Mails[^1];
        mail.Subject.ShouldContain("Nous avons reçu votre demande");
        foreach (var part in (string[])["Le 1er novembre 2026, nous avons reçu votre demande de mettre fin le 31 décembre 2026 à votre contrat", "CMD-", "La date limite de non-reconduction était le 31 octobre 2026",
            "vous répond par écrit", "ne met pas fin au contrat", "du 1er janvier 2027 au 31 décembre 2027"])
            mail.Text.Replace('\u00A0', ' ').ReplaceLineEndings(" ").ShouldContain(part);
        (await World.ContractAsync()).Standing.ShouldBe("renewal-due");
        var task = (await Of<AgencyReads>().ContractAsync(ContractId, Ct)).Tasks.ShouldHaveSingleItem();
        await Of<AgencyTasks>().CloseAsync(task.Id, "declined", "Geste commercial", Camille, Ct);
        (await World.ContractAsync()).Standing.ShouldBe("declined");
        (await GetAsync(refuse)).Text.ShouldContain("Votre contrat prend fin le 31 décembre 2026");
    }

    [Fact]
    public async Task Its_acknowledgement_goes_whatever_is_planned_anew_and_not_when_the_agency_was_faster()
    {
        var (refuse, _) = await NoticeAsync();
        await World.PlayAsync(Deadline.AddDays(1));
        (await ConfirmAsync(refuse)).Status.ShouldBe(HttpStatusCode.SeeOther);
        await Actions.SetClausesAsync(ContractId, new ContractClauses(Reference: "CM-2026-7"), Camille, Ct);
        await World.Jobs.PlanAsync(Ct);
        (await RemindersAsync())[^1].ShouldBe("tacit.received planned");

        await Actions.DeclineAsync(ContractId, "Geste commercial", Camille, Ct);
        await RoundAsync(Deadline.AddDays(1), 22);
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent", "tacit.reminder skipped", "tacit.received skipped", "tacit.declined sent"]);
    }

    [Fact]
    public async Task Once_renewed_the_same_link_refuses_the_next_renewal()
    {
        var (refuse, _) = await NoticeAsync();
        await World.PlayAsync(End);
        await World.PlayAsync(End.AddDays(4));
        var page = await GetAsync(refuse);
        page.Text.ShouldContain("Depuis ce message, votre contrat s’est reconduit");
        page.Text.ShouldContain("Votre contrat prend fin le 31 décembre 2027");
        (await ConfirmAsync(refuse)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await World.CyclesAsync()).ShouldBe(["1 renewed", "2 declined"]);
    }

    [Fact]
    public async Task Without_a_lawful_notice_the_renewed_contract_ends_at_once_and_the_rest_is_refunded()
    {
        await RoundAsync(Latest.AddDays(1), 9);
        var terminate = await EndedInJanuaryAsync();
        (await World.StateAsync()).EndedOn.ShouldBe(BillingWorld.Date("2027-01-20"));
        (await World.TasksAsync()).ShouldBe(["notice-missed", "refund-due"]);
        await RoundAsync(new(2027, 1, 20), 22);
        (await RemindersAsync())[^1].ShouldBe("tacit.ended sent");
        Mails[^1].Text.Replace('\u00A0', ' ').ShouldContain("612,49 € vous seront remboursés au plus tard le 19 février 2027");
        StatusesInShop().ShouldContain("ended");
        (await GetAsync(terminate)).Text.ShouldContain("Votre contrat a pris fin le 20 janvier 2027");
    }

    [Fact]
    public async Task A_term_too_short_for_a_notice_may_be_refused_to_its_end_and_ended_at_any_time_after_it()
    {
        await Actions.SetClausesAsync(ContractId, new ContractClauses("P12M"), Camille, Ct);
        await EndedInJanuaryAsync();
        (await World.TasksAsync()).ShouldBe(["notice-impossible", "refund-due"]);
        await RoundAsync(new(2027, 1, 20), 22);
        (await RemindersAsync())[^1].ShouldBe("tacit.ended sent");
    }

    // Refusable to the end of its term, then renewed, paid and ended by the client on 20 January; the link that did it.
    private async Task<Uri> EndedInJanuaryAsync()
    {
        World.Go(Deadline.AddDays(1));
        var before = await GetAsync(Of<Relance.Portal.ClientLinks>().Terminate(await World.ContractAsync(), BillingWorld.At(Deadline.AddDays(1))).ShouldNotBeNull());
        before.Text.ShouldContain("Votre contrat prend fin le 31 décembre 2026");
        before.Text.ShouldNotContain("ate limite");
        await World.PlayAsync(End);
        await World.Jobs.RoundAsync(Ct);
        World.Shop.Pay((await World.StateAsync()).RenewalOrderId.ShouldNotBeNull());
        var terminate = LinksOf(Mails[^1].Html).ShouldHaveSingleItem();
        await World.GoAndPullAsync(new(2027, 1, 20), 15);
        // 648.00 x (365 - 20) / 365
        (await GetAsync(terminate)).Text.ShouldContain("612,49 € vous sont remboursés au plus tard le 19 février 2027");
        (await ConfirmAsync(terminate)).Status.ShouldBe(HttpStatusCode.SeeOther);
        return terminate;
    }

    [Fact]
    public async Task Too_late_to_refuse_the_next_renewal_the_end_that_the_law_gives_is_offered_by_either_link()
    {
        await RoundAsync(Latest.AddDays(1), 9);
        await World.PlayAsync(End);
        var summer = new DateOnly(2027, 7, 1);
        World.Go(summer);
        var refuse = Of<Relance.Portal.ClientLinks>().Refuse(await World.ContractAsync(), BillingWorld.At(summer)).ShouldNotBeNull();
        (await GetAsync(refuse)).Text.ShouldContain("Votre contrat prend fin le 31 décembre 2027");
        await RoundAsync(Deadline.AddYears(1).AddDays(1), 9);
        var page = await GetAsync(refuse);
        page.Text.ShouldContain("Résilier votre contrat");
        page.Text.ShouldContain("Vous pouvez donc mettre fin à ce contrat à tout moment, sans frais");
        (await ConfirmAsync(refuse)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await World.StateAsync()).EndedOn.ShouldBe(Deadline.AddYears(1).AddDays(1));
    }

    [Fact]
    public async Task Two_confirmations_at_the_same_moment_are_one()
    {
        var (refuse, _) = await NoticeAsync();
        var seal = (await GetAsync(refuse)).Seal;
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync(refuse, ("seal", seal), ("confirm", "yes"))));
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.SeeOther);
        (await World.ValueAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'declined'")).ShouldBe(1);
        (await RemindersAsync()).Count(step => step.StartsWith("tacit.declined", StringComparison.Ordinal)).ShouldBe(1);
    }

    private async Task<HttpStatusCode> ConfirmOnceMoreAsync(Uri link, string seal) => (await PostAsync(link, ("seal", seal), ("confirm", "yes"))).Status;
}

public sealed class A_client_decides_on_sqlite() : A_client_decides(Dialect.Sqlite);

public sealed class A_client_decides_on_postgres() : A_client_decides(Dialect.Postgres);
