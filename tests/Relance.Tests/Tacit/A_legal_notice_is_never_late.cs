using Relance.Agency;
using Relance.Storage;

namespace Relance.Tests.Tacit;

/// <summary>What delays reminders does not delay it; what makes it impossible is said in time.</summary>
public abstract class A_legal_notice_is_never_late(Dialect dialect) : TacitTests(dialect)
{
    [Fact]
    public async Task Pauses_disputes_decisions_a_silent_shop_and_a_wrong_clock_do_not_delay_it()
    {
        await Of<Pauses>().AddAsync(PauseScope.All, null, End, "Vacances", Camille, Ct);
        await Actions.SetFlagAsync(ContractId, ContractFlag.Dispute, true, "Conteste", Camille, Ct);
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE shop SET clock_skew_ms = 86400000, test = 0"));
        World.Shop.Fail(new Relance.Demo.Shop.ShopFaultRule(Relance.Demo.Shop.ShopFaultKind.Maintenance));
        await RoundAsync(Due, 9);
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent"]);
        (await World.TasksAsync()).ShouldContain("clock-skew");
    }

    [Theory]
    [InlineData("2026-09-27", 3)]
    [InlineData("2026-09-30", 23)]
    public async Task In_its_last_seven_days_it_leaves_at_any_hour_of_any_day(string day, int hour)
    {
        await RoundAsync(Billing.BillingWorld.Date(day), hour, 40);
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent"]);
        await RoundAsync(Billing.BillingWorld.Date(day), hour, 50);
        (await World.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Before_that_it_keeps_to_the_window()
    {
        await RoundAsync(new(2026, 9, 20), 11);
        (await RemindersAsync()).ShouldBeEmpty();
        await RoundAsync(new(2026, 9, 21), 9);
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent"]);
    }

    [Fact]
    public async Task A_mail_server_that_refuses_for_a_month_gets_it_in_the_night_before_the_hard_stop()
    {
        World.Catcher.Deferral = "451 4.3.0 Try again later";
        for (var day = Due; day < Latest; day = day.AddDays(4))
            await RoundAsync(day, 9);
        (await World.TasksAsync()).ShouldContain("legal-notice-late");
        World.Catcher.Deferral = null;
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE message SET retry_at = 0"));
        await RoundAsync(Latest, 22);
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE message SET retry_at = 0"));
        await RoundAsync(Latest, 23);
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent"]);
        (await World.TasksAsync()).ShouldNotContain("notice-missed");
    }

    [Fact]
    public async Task One_that_missed_its_window_goes_in_the_next_while_the_clocks_differ()
    {
        World.Catcher.Deferral = "451 4.3.0 Try again later";
        await RoundAsync(Due, 9);
        World.Catcher.Deferral = null;
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE message SET retry_at = 0"));
        await ClocksDifferAsync(Due.AddDays(1));
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent"]);
    }

    [Fact]
    public async Task While_the_clocks_differ_nothing_is_called_missed_and_no_renewal_is_lost()
    {
        await ClocksDifferAsync(Latest.AddDays(1));
        (await RemindersAsync()).ShouldBeEmpty();
        (await World.StateAsync()).NoticeMissed.ShouldBeNull();
        await ClocksDifferAsync(End.AddDays(1));
        (await World.StateAsync()).TermNo.ShouldBe(1);
        await World.PlayAsync(End.AddDays(2));
        (await World.StateAsync()).TermNo.ShouldBe(2);
        await World.PlayAsync(Due.AddYears(1));
        (await RemindersAsync())[^1].ShouldBe("tacit.legal-notice sent");
    }

    [Fact]
    public async Task After_the_hard_stop_it_is_missed_and_the_contract_says_what_follows()
    {
        await RoundAsync(Latest.AddDays(1), 9);
        await RoundAsync(Latest.AddDays(1), 9, 30);
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice skipped", "tacit.reminder skipped"]);
        (await World.TasksAsync()).ShouldBe(["notice-missed"]);
        var missed = (await World.StateAsync()).NoticeMissed.ShouldNotBeNull();
        (missed.TermNo, missed.Latest, missed.Deadline).ShouldBe((1, Latest, Deadline));
        await World.PlayAsync(End);
        await World.Jobs.RoundAsync(Ct);
        Mails.ShouldHaveSingleItem().Text.ShouldContain("Vous pouvez mettre fin à ce contrat à tout moment");
    }

    [Fact]
    public async Task Only_the_switch_with_a_reason_keeps_it_from_going()
    {
        await Actions.SwitchNoticeOffAsync(ContractId, "Le client signe un autre contrat", Camille, Ct);
        await World.PlayAsync(Due);
        (await RemindersAsync()).ShouldBeEmpty();
        (await Of<AgencyReads>().ContractAsync(ContractId, Ct)).Summary.Because.ShouldBe("notice-off");
        await Actions.SwitchNoticeOnAsync(ContractId, Camille, Ct);
        await World.PlayAsync(Due.AddDays(1));
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent"]);
    }

    [Fact]
    public async Task Without_an_address_a_letter_is_due_before_the_hard_stop_and_counts_once_it_is_done()
    {
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE client SET recipient_id = NULL, email = NULL"));
        await World.PlayAsync(Due);
        (await World.TasksAsync()).ShouldBe(["letter", "no-address"]);
        var letter = (await Of<AgencyReads>().ContractAsync(ContractId, Ct)).Tasks.First(task => task.Kind == "letter");
        letter.DueOn.ShouldBeLessThan(Latest);
        await Of<AgencyTasks>().CloseAsync(letter.Id, "done", "LRAR 1A 234 567 8901 2", Camille, Ct);
        (await World.StateAsync()).NoticeGiven.ShouldNotBeNull().On.ShouldBe(Due);
        await World.PlayAsync(Latest.AddDays(1));
        (await World.StateAsync()).NoticeMissed.ShouldBeNull();
        (await World.TasksAsync()).ShouldNotContain("notice-missed");
    }

    [Fact]
    public async Task Refused_by_the_mail_server_it_asks_for_a_letter_which_counts_once_it_is_done()
    {
        World.Catcher.Refuse("jeanne@client.example");
        await World.PlayAsync(Due);
        (await World.TasksAsync()).ShouldBe(["letter", "refused-mail"]);
        var letter = await World.ValueAsync<string>("SELECT id FROM task WHERE kind = 'letter'");
        await Of<AgencyTasks>().CloseAsync(letter!, "done", "LRAR 1A 234 567 8901 2", Camille, Ct);
        await World.PlayAsync(Latest.AddDays(1));
        (await World.TasksAsync()).ShouldNotContain("notice-missed");
    }

    [Fact]
    public async Task A_notice_period_that_is_not_known_is_asked_for()
    {
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE contract SET data = REPLACE(data, '\"NoticeMonths\":2,', '')"));
        await World.PlayAsync(Due);
        (await World.TasksAsync()).ShouldBe(["clauses-missing"]);
        await Actions.SetClausesAsync(ContractId, new ContractClauses("P2M"), Camille, Ct);
        await World.PlayAsync(Due.AddDays(1));
        (await World.TasksAsync()).ShouldBeEmpty();
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent"]);
    }

    [Fact]
    public async Task A_term_too_short_for_its_notice_is_said_and_nothing_goes()
    {
        await Actions.SetClausesAsync(ContractId, new ContractClauses("P12M"), Camille, Ct);
        await World.PlayAsync(Due);
        (await World.TasksAsync()).ShouldBe(["notice-impossible"]);
        (await Of<AgencyReads>().ContractAsync(ContractId, "fr", Ct)).Tacit!.LegalNotice!.Because.ShouldContain("durée indéterminée");
        Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_term_too_short_for_its_notice_renews_as_one_whose_notice_was_missed()
    {
        await Actions.SetClausesAsync(ContractId, new ContractClauses("P12M"), Camille, Ct);
        await World.PlayAsync(End);
        await World.Jobs.RoundAsync(Ct);
        var state = await World.StateAsync();
        (state.TermNo, state.NoticeMissed!.TermNo, state.NoticeMissed.Because, state.MayEndNow).ShouldBe((2, 1, "notice-impossible", true));
        Mails.ShouldHaveSingleItem().Text.ShouldContain("Vous pouvez mettre fin à ce contrat à tout moment");
        (await World.TasksAsync()).ShouldBe(["notice-impossible"]);
        (await World.ListAsync("SELECT entry FROM journal WHERE kind = 'legal-notice-missed'")).ShouldHaveSingleItem().ShouldContain("notice-impossible");
        var audit = (await Of<Relance.Legal.LegalReads>().AuditAsync(null, "en", Ct)).Findings;
        audit.Where(finding => finding.Level == "fault").Select(finding => finding.Kind).Order().ShouldBe(["notice-blocked", "notice-missed"]);
        audit.Single(finding => finding.Kind == "notice-missed").Message.ShouldStartWith("The term was too short for a lawful notice");

        await World.PlayAsync(End.AddYears(1));
        state = await World.StateAsync();
        (state.TermNo, state.NoticeMissed!.TermNo, state.MayEndNow).ShouldBe((3, 2, true), "and so does every term after it");
    }

    [Fact]
    public async Task A_second_notice_that_is_missed_takes_nothing_of_the_first_ones_right()
    {
        await RoundAsync(Latest.AddDays(1), 9);
        await World.PlayAsync(End);
        (await World.StateAsync()).MayEndNow.ShouldBeTrue();
        await RoundAsync(Latest.AddYears(1).AddDays(1), 9);
        var state = await World.StateAsync();
        (state.TermNo, state.NoticeMissed!.TermNo, state.MayEndNow).ShouldBe((2, 2, true));
        await Actions.NoticeGivenAsync(ContractId, Due.AddYears(1), "LRAR 1A 234 567 8901 2", Camille, Ct);
        state = await World.StateAsync();
        (state.NoticeMissed!.TermNo, state.NoticeMissed.Latest, state.MayEndNow).ShouldBe((1, Latest, true));
    }

    // A round that knows of a shop whose clock differs by a day.
    private async Task ClocksDifferAsync(DateOnly day)
    {
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE shop SET clock_skew_ms = 86400000, test = 0"));
        await RoundAsync(day, 9);
    }

    [Fact]
    public async Task Clauses_and_days_that_cannot_be_are_refused()
    {
        async Task<string> Field(Func<Task> act) => (await Should.ThrowAsync<RefusedException>(act)).Field;
        (await Field(() => Actions.SetClausesAsync(ContractId, new ContractClauses("2 mois"), Camille, Ct))).ShouldBe("notice");
        (await Field(() => Actions.SetClausesAsync(ContractId, new ContractClauses(), Camille, Ct))).ShouldBe("clauses");
        (await Field(() => Actions.SetClausesAsync(ContractId, new ContractClauses(RenewalMonths: 0), Camille, Ct))).ShouldBe("renewalMonths");
        (await Field(() => Actions.SwitchNoticeOffAsync(ContractId, " ", Camille, Ct))).ShouldBe("reason");
        (await Field(() => Actions.NoticeGivenAsync(ContractId, new(2026, 3, 1), "LRAR", Camille, Ct))).ShouldBe("on");
        (await Field(() => Of<ClientActions>().SetKindAsync("nobody", "consumer", Camille, Ct))).ShouldBe("client");
        (await Field(() => Of<ClientActions>().SetKindAsync("nobody", "person", Camille, Ct))).ShouldBe("kind");
    }
}

public sealed class A_legal_notice_is_never_late_on_sqlite() : A_legal_notice_is_never_late(Dialect.Sqlite);

public sealed class A_legal_notice_is_never_late_on_postgres() : A_legal_notice_is_never_late(Dialect.Postgres);
