using Relance.Agency;
using Relance.Storage;

namespace Relance.Tests.Bounces;

/// <summary>Mails accepted by the next server that come back later, on a whole service.</summary>
public abstract class A_mail_that_comes_back(Dialect dialect)
{
    [Fact]
    public async Task Stops_everything_to_that_address_until_it_is_corrected_in_the_shop()
    {
        await using var world = await BounceWorld.StartAsync(dialect);
        var notice = await world.NextMailAsync();
        notice.EnvelopeFrom.ShouldStartWith("retours+");
        notice.From.ShouldContain("maintenance@agence-demo.example");

        var result = await world.ComesBackAsync(notice, "postfix-unknown-user");

        (result.State, result.Kind, result.Outcome, result.MessageId).ShouldBe(("done", "bounce", "hard", notice.MessageId.Split('@')[0]));
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice failed address-refused"]);
        (await world.TasksAsync()).ShouldBe(["address-refused"]);
        (await world.ListAsync("SELECT bounce_kind || ' ' || bounce_status || ' ' || state FROM message")).ShouldBe(["hard 5.1.1 sent"]);
        (await world.ListAsync("SELECT entry FROM journal WHERE kind = 'bounced'")).ShouldHaveSingleItem().ShouldNotContain("client.example");
        (await world.ListAsync("SELECT payload FROM postback WHERE op = 'note'")).ShouldContain(note => note.Contains("n’est pas arrivé"));

        await world.PlayAsync(3);
        world.Mails.Count.ShouldBe(1);

        world.CorrectAddress("jeanne.lefevre@client.example");
        var again = await world.NextMailAsync();
        again.Subject.ShouldBe(notice.Subject);
        again.EnvelopeTo.ShouldBe(["jeanne.lefevre@client.example"]);
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice sent "]);
        (await world.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lets_nothing_more_go_to_that_address()
    {
        await using var world = await BounceWorld.StartAsync(dialect);
        await world.ComesBackAsync(await world.NextMailAsync(), "postfix-unknown-user");
        await world.PlayAsync(45);
        world.Mails.Count.ShouldBe(1);
        (await world.WaitingAsync()).ShouldBe(["address-refused"]);
        (await world.ContractAsync()).Standing.ShouldBe("grace");
    }

    [Fact]
    public async Task Goes_again_when_a_person_says_that_the_address_is_right()
    {
        await using var world = await BounceWorld.StartAsync(dialect);
        await world.ComesBackAsync(await world.NextMailAsync(), "gmail-disabled");
        await world.PlayAsync();
        await world.Addresses.LiftAsync(" Jeanne@client.example ", Actor.CommandLine, default);
        (await world.TasksAsync()).ShouldBeEmpty();
        (await world.NextMailAsync()).EnvelopeTo.ShouldBe([BounceWorld.Address]);
        (await world.ListAsync("SELECT kind FROM journal WHERE kind IN ('address-ok', 'undelivered-again') ORDER BY seq")).ShouldBe(["undelivered-again", "address-ok"]);

        (await Should.ThrowAsync<RefusedException>(() => world.Addresses.LiftAsync(BounceWorld.Address, Actor.CommandLine, default))).Why.ShouldBe(Refusal.Conflict);
        (await Should.ThrowAsync<RefusedException>(() => world.Addresses.LiftAsync("nobody@client.example", Actor.CommandLine, default))).Why.ShouldBe(Refusal.NotFound);
    }

    [Fact]
    public async Task Changes_nothing_when_its_report_is_delivered_again()
    {
        await using var world = await BounceWorld.StartAsync(dialect);
        var notice = await world.NextMailAsync();
        var first = await world.ComesBackAsync(notice, "postfix-unknown-user");
        var before = await world.SnapshotAsync();
        (await world.ComesBackAsync(notice, "postfix-unknown-user")).ShouldBe(first);
        await world.Inbound.RunAsync(default);
        (await world.SnapshotAsync()).ShouldBe(before);

        // Another report about the same message, as some servers send: kept, and nothing more.
        await world.ComesBackAsync(notice, "exim");
        (await world.TasksAsync()).ShouldBe(["address-refused"]);
        (await world.ListAsync("SELECT bounce_answer FROM message WHERE bounced_at IS NOT NULL")).ShouldHaveSingleItem().ShouldContain("virtual mailbox table");
    }

    [Fact]
    public async Task Is_counted_when_it_is_soft_and_the_third_in_a_row_counts_like_a_hard_one()
    {
        await using var world = await BounceWorld.StartAsync(dialect);
        (await world.ComesBackAsync(await world.NextMailAsync(), "mailbox-full")).Outcome.ShouldBe("soft");
        (await world.ComesBackAsync(await world.NextMailAsync(), "postfix-expired")).Outcome.ShouldBe("soft");
        (await world.RefusedAsync(), (await world.TasksAsync()).Count).ShouldBe((false, 0));
        (await world.ComesBackAsync(await world.NextMailAsync(), "mailbox-full")).Outcome.ShouldBe("hard");
        (await world.RefusedAsync()).ShouldBeTrue();
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice failed bounced", "maintenance.attention failed bounced", "maintenance.last-day failed address-refused"]);
    }

    [Fact]
    public async Task A_mail_that_stays_away_in_between_ends_the_row()
    {
        await using var world = await BounceWorld.StartAsync(dialect);
        await world.ComesBackAsync(await world.NextMailAsync(), "mailbox-full");
        await world.NextMailAsync();
        await world.ComesBackAsync(await world.NextMailAsync(), "mailbox-full");
        (await world.ComesBackAsync(await world.NextMailAsync(), "mailbox-full")).Outcome.ShouldBe("soft");
    }

    [Fact]
    public async Task Is_our_own_problem_when_it_is_refused_for_who_sent_it()
    {
        await using var world = await BounceWorld.StartAsync(dialect);
        (await world.ComesBackAsync(await world.NextMailAsync(), "blocked-by-reputation")).Outcome.ShouldBe("blocked");
        (await world.RefusedAsync()).ShouldBeFalse();
        (await world.TasksAsync()).ShouldBe(["sender-blocked"]);
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice failed sender-blocked"]);
    }

    [Theory]
    [InlineData("out-of-office", "auto-reply", null)]
    [InlineData("postfix-delayed", "delayed", null)]
    [InlineData("postfix-delivered", "delivered", null)]
    [InlineData("challenge", "challenge", "challenge")]
    [InlineData("answer", "other", "answer")]
    public async Task Changes_no_reminder_when_it_is_no_bounce(string sample, string kind, string? task)
    {
        await using var world = await BounceWorld.StartAsync(dialect);
        (await world.ComesBackAsync(await world.NextMailAsync(), sample)).Kind.ShouldBe(kind);
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice sent "]);
        (await world.TasksAsync()).ShouldBe(task is null ? [] : [task]);
        (await world.ListAsync($"SELECT content_hash FROM journal WHERE kind = 'came-back-{kind}'")).ShouldHaveSingleItem().ShouldNotBeNull();
    }

    [Fact]
    public async Task A_complaint_stops_everything_until_a_person_has_talked_to_the_client()
    {
        await using var world = await BounceWorld.StartAsync(dialect);
        await world.ComesBackAsync(await world.NextMailAsync(), "complaint");
        await world.PlayAsync(40);
        world.Mails.Count.ShouldBe(1);
        (await world.TasksAsync()).ShouldContain("complaint");
    }

    [Fact]
    public async Task A_notice_of_suspension_that_comes_back_leaves_the_contract_suspended_and_goes_again_to_a_right_address()
    {
        await using var world = await BounceWorld.StartAsync(dialect);
        while ((await world.RemindersAsync()).All(step => step != "maintenance.suspension sent "))
            await world.NextMailAsync();
        var suspended = (await world.ContractAsync()).State.SuspendedOn.ShouldNotBeNull();

        await world.ComesBackAsync(world.Mails[^1], "postfix-unknown-user");
        (await world.ContractAsync()).Standing.ShouldBe("suspended");
        (await world.TasksAsync()).ShouldBe(["address-refused", "undelivered"]);

        await world.PlayAsync(4);
        world.CorrectAddress("jeanne.lefevre@client.example");
        (await world.NextMailAsync()).EnvelopeTo.ShouldBe(["jeanne.lefevre@client.example"]);
        (await world.ContractAsync()).State.SuspendedOn.ShouldNotBeNull().ShouldBeGreaterThan(suspended);
    }

    [Theory]
    [InlineData("legal", "mailbox-full")]
    [InlineData("formal", "blocked-by-dmarc")]
    public async Task A_notice_that_had_to_arrive_becomes_a_letter_whatever_sent_it_back(string kind, string sample)
    {
        await using var world = await BounceWorld.StartAsync(dialect);
        var notice = await world.NextMailAsync();
        await world.ExecuteAsync($"UPDATE message SET class = '{kind}'");
        await world.ComesBackAsync(notice, sample);
        (await world.TasksAsync()).ShouldContain("letter");
    }

    [Fact]
    public async Task A_redirected_mail_says_nothing_about_the_client()
    {
        await using var world = await BounceWorld.StartAsync(dialect, "redirect");
        var notice = await world.NextMailAsync();
        notice.EnvelopeTo.ShouldBe(["agence@agence-demo.example"]);
        await world.ComesBackAsync(notice, "postfix-unknown-user");
        (await world.RefusedAsync()).ShouldBeFalse();
        (await world.TasksAsync()).ShouldBe(["redirect-bounced"]);
    }

    [Fact]
    public async Task A_report_that_names_no_message_of_ours_is_kept_and_told()
    {
        await using var world = await BounceWorld.StartAsync(dialect);
        var notice = await world.NextMailAsync();
        var forged = BounceWorld.TokenOf(notice)[..^1] + (BounceWorld.TokenOf(notice)[^1] == 'a' ? 'q' : 'a');
        foreach (var token in (string[])[forged, "", new string('a', 39)])
            (await world.Inbound.TakeAsync(Samples.Bytes("postfix-unknown-user", token), default)).State.ShouldBe("unmatched");
        (await world.TasksAsync()).ShouldBe(["inbound-unmatched"]);
        (await world.RefusedAsync()).ShouldBeFalse();
        (await world.ListAsync("SELECT kind FROM inbound_mail")).ShouldBe(["bounce", "bounce", "bounce"]);
    }

    [Fact]
    public async Task A_report_that_overtakes_our_own_result_waits_for_it()
    {
        await using var world = await BounceWorld.StartAsync(dialect);
        var notice = await world.NextMailAsync();
        await world.ExecuteAsync("UPDATE message SET state = 'sending'");
        (await world.ComesBackAsync(notice, "postfix-unknown-user")).State.ShouldBe("new");
        await world.ExecuteAsync("UPDATE message SET state = 'sent'");
        await world.ExecuteAsync("UPDATE inbound_mail SET received_at = 0");
        (await world.Inbound.RunAsync(default)).ShouldBe(1);
        (await world.RefusedAsync()).ShouldBeTrue();
    }
}

public sealed class A_mail_that_comes_back_in_SQLite() : A_mail_that_comes_back(Dialect.Sqlite);

public sealed class A_mail_that_comes_back_in_PostgreSQL() : A_mail_that_comes_back(Dialect.Postgres);
