using Relance.Agency;
using Relance.Reminders;
using Relance.Storage;

namespace Relance.Tests.Tacit;

/// <summary>From the notice to the renewal, its order and its payment.</summary>
public abstract class A_tacit_contract_lives_its_year(Dialect dialect) : TacitTests(dialect)
{
    [Fact]
    public async Task Notice_reminder_and_confirmation_go_on_their_days_and_the_order_is_made_at_J()
    {
        await World.PlayAsync(Due.AddDays(-3));
        (await RemindersAsync()).ShouldBeEmpty();
        await World.PlayAsync(Due);
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent"]);
        (await World.ContractAsync()).Standing.ShouldBe("renewal-due");
        var notice = Mails.ShouldHaveSingleItem();
        notice.Subject.ShouldContain("31 octobre 2026");
        notice.Text.ShouldContain("| Date limite de non-reconduction\u00A0: 31 octobre 2026");
        notice.Html.ShouldContain("border:3px solid");
        notice.Text.ShouldContain("4 rue de la République, 69001 Lyon");
        await World.PlayAsync(new(2026, 10, 16));
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent", "tacit.reminder sent"]);
        await World.PlayAsync(End.AddDays(-1));
        (await World.StateAsync()).RenewalOrderId.ShouldBeNull("never before J");
        await World.PlayAsync(End);
        await World.Jobs.RoundAsync(Ct);
        var state = await World.StateAsync();
        (state.TermNo, state.TermStart, state.TermEnd, state.UnpaidTerm).ShouldBe((2, End.AddDays(1), End.AddYears(1), 2));
        (await World.CyclesAsync()).ShouldBe(["1 renewed", "2 open"]);
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent", "tacit.reminder sent", "tacit.confirmation sent"]);
        Mails[^1].Text.ShouldContain("reconduit");
        var order = state.RenewalOrderId ?? (await World.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        World.Shop.Pay(order);
        await World.GoAndPullAsync(End.AddDays(5));
        state = await World.StateAsync();
        (state.TermNo, state.UnpaidTerm, state.RenewalOrderId).ShouldBe((2, null, null));
        (await World.TasksAsync()).ShouldBeEmpty();
        await World.PlayAsync(new(2027, 8, 31));
        (await RemindersAsync())[^1].ShouldBe("tacit.legal-notice sent");
        Mails.Count.ShouldBe(4);
    }

    [Fact]
    public async Task The_plan_says_why_the_setting_is_not_followed()
    {
        var explained = await Of<Foresight>().ExplainAsync(ContractId, Ct);
        var notice = explained.Steps.First(step => step.Step == "tacit.legal-notice");
        notice.DueOn.ShouldBe(Due);
        notice.Rule.ShouldNotBeNull().ShouldStartWith("J-30 would be 62 days late: the notice goes on 31/08/2026");
        var read = await Of<AgencyReads>().ContractAsync(ContractId, "fr", Ct);
        read.Tacit.ShouldNotBeNull().LegalNotice.ShouldNotBeNull().Because.ShouldStartWith("J-30 serait trop tard de 62 jours : l’information part le 31/08/2026");
        var foreseen = await Of<Foresight>().RunAsync(366, null, null, Ct);
        foreseen.Totals.PerStep["tacit.legal-notice"].ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_acknowledged_at_once_and_ends_the_contract_on_its_last_day()
    {
        await World.PlayAsync(Due);
        await Actions.DeclineAsync(ContractId, "Par téléphone", Camille, Ct);
        await RoundAsync(Due, 22);
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent", "tacit.declined sent"]);
        Mails[^1].Text.ShouldContain("31 décembre 2026");
        await World.PlayAsync(End.AddDays(3));
        (await World.CyclesAsync()).ShouldBe(["1 declined"]);
        (await World.StateAsync()).TermNo.ShouldBe(1);
        Mails.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_confirmation_that_has_not_left_gives_way_to_a_refusal()
    {
        await World.PlayAsync(Due);
        await RoundAsync(End, 0);
        await Actions.DeclineAsync(ContractId, "Par téléphone", Camille, Ct);
        await World.PlayAsync(End.AddDays(1));
        await World.PlayAsync(End.AddDays(4));
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent", "tacit.confirmation skipped", "tacit.declined sent"]);
    }

    [Fact]
    public async Task Its_acknowledgement_outlasts_a_mail_server_that_is_down_for_weeks()
    {
        World.Go(Due);
        World.Catcher.Deferral = "451 4.3.0 Try again later";
        await Actions.DeclineAsync(ContractId, "Par téléphone", Camille, Ct);
        for (var week = 0; week < 5; week++)
            await World.PlayAsync(Due.AddDays(7 * week));
        World.Catcher.Deferral = null;
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE message SET retry_at = 0"));
        await RoundAsync(Due.AddDays(35), 22);
        (await RemindersAsync()).ShouldBe(["tacit.declined sent"]);
    }

    [Fact]
    public async Task A_business_is_told_by_the_setting_and_reads_what_is_true_for_it()
    {
        await Of<ClientActions>().SetKindAsync((await World.ContractAsync()).ClientId, "business", Camille, Ct);
        await World.PlayAsync(Due);
        (await RemindersAsync()).ShouldBeEmpty();
        // D - 30 is 1 October: J - 30 would come after the last day to refuse.
        await World.PlayAsync(new(2026, 10, 1));
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent"]);
        Mails[^1].Text.ShouldContain("articles 1213 à 1215 du code civil");
        Mails[^1].Text.ShouldNotContain("L215-1");
        (await World.StateAsync()).NoticeMissed.ShouldBeNull();
    }
}

public sealed class A_tacit_contract_lives_its_year_on_sqlite() : A_tacit_contract_lives_its_year(Dialect.Sqlite);

public sealed class A_tacit_contract_lives_its_year_on_postgres() : A_tacit_contract_lives_its_year(Dialect.Postgres);
