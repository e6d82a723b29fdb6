using Relance.Storage;

namespace Relance.Tests.Tacit;

/// <summary>Its client has another contract, explicit and planned first, whose notice is due on the same day.</summary>
public abstract class A_legal_notice_goes_alone(Dialect dialect) : TacitTests(dialect)
{
    protected override void BeforeLink() => World.Buy(Due.AddDays(31).AddYears(-1));

    [Fact]
    public async Task A_reminder_that_was_planned_before_it_makes_room_and_goes_the_next_day()
    {
        await World.PlayAsync(Due);
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent"]);
        await World.PlayAsync(Due.AddDays(1));
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent", "maintenance.notice sent"]);
    }

    [Fact]
    public async Task As_long_as_the_mail_server_does_not_take_it_each_day_is_its_own()
    {
        World.Catcher.Deferral = "451 4.3.0 Try again later";
        await World.PlayAsync(Due);
        await World.PlayAsync(Due.AddDays(1));
        World.Catcher.Deferral = null;
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE message SET retry_at = 0"));
        await World.PlayAsync(Due.AddDays(2));
        (await RemindersAsync()).ShouldBe(["tacit.legal-notice sent"]);
        await World.PlayAsync(Due.AddDays(3));
        Mails.Count.ShouldBe(2);
    }
}

public sealed class A_legal_notice_goes_alone_on_sqlite() : A_legal_notice_goes_alone(Dialect.Sqlite);

public sealed class A_legal_notice_goes_alone_on_postgres() : A_legal_notice_goes_alone(Dialect.Postgres);
