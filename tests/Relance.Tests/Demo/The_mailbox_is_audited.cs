using Relance.Demo;

namespace Relance.Tests.Demo;

/// <summary>The demo's judge must see mistakes, or its zeros say nothing.</summary>
public sealed class The_mailbox_is_audited
{
    private static readonly DateTimeOffset s_day = new(2027, 1, 8, 9, 2, 0, TimeSpan.FromHours(1));
    private static readonly ReadMail s_mail = new("a@client.example", "1@agence.example", s_day, ["maintenance.attention"], ["CMD-14"]);

    [Fact]
    public void The_same_step_about_the_same_contract_is_a_duplicate() =>
        MailAudit.Duplicates([s_mail, s_mail with { MessageId = "2@agence.example", At = s_day.AddDays(3) }]).ShouldBe(1);

    [Fact]
    public void A_repeated_message_id_is_a_duplicate() =>
        MailAudit.Duplicates([s_mail, s_mail with { Steps = ["maintenance.last-day"], At = s_day.AddDays(3) }]).ShouldBe(1);

    [Fact]
    public void A_second_reminder_to_one_person_on_one_day_is_a_duplicate() =>
        MailAudit.Duplicates([s_mail, s_mail with { MessageId = "2@agence.example", References = ["CMD-15"] }]).ShouldBe(1);

    [Fact]
    public void Different_steps_on_different_days_are_not() =>
        MailAudit.Duplicates([s_mail, s_mail with { MessageId = "2@agence.example", Steps = ["maintenance.last-day"], At = s_day.AddDays(6) }]).ShouldBe(0);

    [Theory]
    [InlineData("maintenance.attention", -1, 1)]
    [InlineData("maintenance.attention", 1, 0)]
    [InlineData("maintenance.renewed", -1, 0)]
    public void A_reminder_counts_when_the_money_was_there_before(string step, int minutes, int expected) => MailAudit.AfterPayment(
        [s_mail with { Steps = [step] }], new[] { s_day.AddMinutes(minutes) }.ToLookup(_ => "CMD-14")).ShouldBe(expected);
}
