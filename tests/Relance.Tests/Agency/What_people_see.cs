using Relance.Agency;
using Relance.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Agency;

/// <summary>The read models behind command line, API and pages.</summary>
public abstract class What_people_see(Dialect dialect) : AgencyTests(dialect)
{
    [Fact]
    public async Task A_contract_is_listed_with_what_comes_next_and_why()
    {
        World.Buy(Start.AddDays(10), client: World.Shop.AddCustomer("paul@client.example", "Paul", "Martin"));
        await World.PullAsync();
        await World.Jobs.PlanAsync(Ct);
        var contract = (await Reads.ContractsAsync(new ContractFilter(Search: "paul"), Ct)).Items.ShouldHaveSingleItem();
        contract.Client.ShouldBe("Paul Martin");
        contract.Plan.ShouldBe("Maintenance");
        contract.Reference.ShouldStartWith("CMD-");
        (contract.TermStart, contract.TermEnd, contract.Amount, contract.Currency).ShouldBe((Start.AddDays(10), End.AddDays(10), 57600L, "EUR"));
        (contract.Standing, contract.NextStep, contract.NextOn, contract.Because).ShouldBe(("active", "maintenance.notice", (DateOnly?)Day0.AddDays(10), "not-due"));
    }

    [Fact]
    public async Task A_contract_tells_its_story_in_order_with_the_mail_as_it_left()
    {
        await World.PlayAsync(Day0);
        var detail = await Reads.ContractAsync(await ContractIdAsync(), "fr", Ct);
        detail.Email.ShouldBe("jeanne@client.example");
        detail.Renewal.ShouldBe("explicit");
        detail.Cycles.ShouldHaveSingleItem().Steps.ShouldHaveSingleItem().State.ShouldBe("sent");
        var kinds = detail.Timeline.Select(line => line.Kind).ToList();
        kinds.IndexOf("contract").ShouldBeLessThan(kinds.IndexOf("planned"));
        kinds.IndexOf("planned").ShouldBeLessThan(kinds.IndexOf("sent"));
        var mail = detail.Timeline.Single(line => line.Kind == "message");
        mail.State.ShouldBe("sent");
        var message = await Reads.MessageAsync(mail.MessageId!, Ct);
        (message.HasBytes, message.Attempts.ShouldHaveSingleItem().Outcome, message.Summary.SentAt is null).ShouldBe((true, "accepted", false));
        var bytes = await Reads.MailBytesAsync(mail.MessageId!, Ct);
        Values.Hash(bytes!.Value.Span).ShouldBe(message.ContentHash);
    }

    [Fact]
    public async Task Today_shows_what_goes_out_before_it_goes_and_what_went()
    {
        await World.GoAndPullAsync(Day0, 8);
        await World.Jobs.PlanAsync(Ct);
        await World.Jobs.PostBackAsync(Ct);
        var morning = await Reads.TodayAsync(Ct);
        morning.Date.ShouldBe(Day0);
        morning.GoingOut.ShouldHaveSingleItem().Items.ShouldHaveSingleItem().Step.ShouldBe("maintenance.notice");
        morning.Standings["renewal-due"].ShouldBe(1);
        await World.PlayAsync(Day0);
        var noon = await Reads.TodayAsync(Ct);
        (noon.GoingOut.Count, noon.SentToday).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Every_list_is_paged_without_losing_or_repeating_a_row()
    {
        for (var i = 0; i < 7; i++)
            World.Buy(Start.AddDays(i), client: World.Shop.AddCustomer($"client{i}@client.example", "Client", $"{i}"));
        await World.PullAsync();
        await World.Jobs.PlanAsync(Ct);
        await ShouldPageAsync(8, after => Reads.ContractsAsync(new ContractFilter(After: after, Limit: 3), Ct), c => c.Id);
        await ShouldPageAsync(8, after => Reads.CyclesAsync(new CycleFilter(After: after, Limit: 3), Ct), c => c.Id);
        await ShouldPageAsync((int)await CountAsync("message"), after => Reads.MessagesAsync(new MessageFilter(After: after, Limit: 1), Ct), m => m.Id);
        await ShouldPageAsync((int)await CountAsync("journal"), after => Reads.JournalAsync(new JournalFilter(After: after, Limit: 4), Ct), j => $"{j.Seq}");
        await ExecuteAsync("INSERT INTO task (id, dedup_key, kind, subject_id, due_on, state, data, created_at) VALUES ('b', 'b', 'check-bank', 'x', '2026-01-02', 'open', '{}', 0), ('a', 'a', 'check-bank', 'x', '2026-01-02', 'open', '{}', 0), ('c', 'c', 'no-such', 'x', '2026-01-01', 'open', '{}', 0)");
        await ShouldPageAsync(3, after => Reads.TasksAsync(new TaskFilter(After: after, Limit: 1), Ct), t => t.Id);
    }

    [Theory]
    [InlineData("Lefèvre")]
    [InlineData("jeanne@")]
    [InlineData("JEANNE")]
    [InlineData("reference")]
    public async Task A_contract_is_found_by_what_a_person_knows_of_it(string search)
    {
        World.Buy(Start, client: World.Shop.AddCustomer("paul@client.example", "Paul", "Martin"));
        await World.PullAsync();
        if (search == "reference")
            search = (await Reads.ContractsAsync(new ContractFilter(), Ct)).Items.Single(c => c.Client == "Jeanne Lefèvre").Reference;
        (await Reads.ContractsAsync(new ContractFilter(Search: search), Ct)).Items.ShouldHaveSingleItem().Client.ShouldBe("Jeanne Lefèvre");
        (await Reads.ContractsAsync(new ContractFilter(Standing: "suspended"), Ct)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_does_not_exist_or_is_asked_wrongly_is_refused_with_the_field()
    {
        (await RefusedAsync(Refusal.NotFound, () => Reads.ContractAsync("nothing", Ct))).Field.ShouldBe("contract");
        (await RefusedAsync(Refusal.NotFound, () => Reads.MessageAsync("nothing", Ct))).Field.ShouldBe("message");
        (await RefusedAsync(Refusal.NotFound, () => Reads.MailBytesAsync("nothing", Ct))).Field.ShouldBe("message");
        (await RefusedAsync(Refusal.Invalid, () => Reads.ContractsAsync(new ContractFilter(Limit: 0), Ct))).Field.ShouldBe("limit");
        (await RefusedAsync(Refusal.Invalid, () => Reads.ContractsAsync(new ContractFilter(After: "%%"), Ct))).Field.ShouldBe("after");
        (await RefusedAsync(Refusal.Invalid, () => Reads.ContractsAsync(new ContractFilter(Standing: "dead"), Ct))).Expected.ShouldContain("renewal-due");
    }

    private static async Task ShouldPageAsync<T>(int count, Func<string?, Task<Page<T>>> pageAsync, Func<T, string> key)
    {
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await pageAsync(after);
            seen.AddRange(page.Items.Select(key));
            after = page.Next;
        }
        while (after is not null);
        seen.Count.ShouldBe(count);
        seen.ShouldBeUnique();
    }
}

public sealed class What_people_see_on_sqlite() : What_people_see(Dialect.Sqlite);

public sealed class What_people_see_on_postgres() : What_people_see(Dialect.Postgres);
