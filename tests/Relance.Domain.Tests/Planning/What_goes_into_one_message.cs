using Relance.Domain.Calendar;
using Relance.Domain.Reminders;

namespace Relance.Domain.Tests.Planning;

public sealed class What_goes_into_one_message
{
    private static readonly DateOnly Today = new(2027, 2, 10);

    [Fact]
    public void Nothing_due_is_no_message() => Group().ShouldBe("");

    [Fact]
    public void Reminders_of_one_shop_share_a_message_harder_first() =>
        Group(Due("notice", 1), Due("suspension", 4), Due("attention", 2)).ShouldBe("[suspension attention notice]");

    [Fact]
    public void Of_equally_hard_ones_the_first_to_expire_leads_and_then_the_key() =>
        Group(Due("c", 2, days: 5), Due("b", 2, days: 1), Due("a", 2, days: 5)).ShouldBe("[b a c]");

    [Fact]
    public void Another_shops_reminders_wait_for_another_day() =>
        Group(Due("a", 2, shop: "one"), Due("b", 3, shop: "two"), Due("c", 1, shop: "two")).ShouldBe("[b c] deferred a");

    [Fact]
    public void The_shop_whose_message_expires_first_goes_first() =>
        Group(Due("hard", 4, shop: "one", days: 9), Due("urgent", 1, shop: "two", days: 0)).ShouldBe("[urgent] deferred hard");

    [Theory]
    [InlineData(StepClass.Formal)]
    [InlineData(StepClass.Legal)]
    public void A_formal_or_legal_step_goes_alone_and_no_reminder_with_it(StepClass kind) =>
        Group(Due("a", 1), Due("b", 2), Due("first", 5, kind), Due("second", 4, kind)).ShouldBe("[first] [second] deferred b a");

    [Fact]
    public void A_confirmation_goes_alone_and_does_not_count() =>
        Group(Due("a", 1), Due("thanks", 1, StepClass.Confirmation)).ShouldBe("[thanks] [a]");

    private static DueStep Due(string key, int hardness, StepClass kind = StepClass.Reminder, string shop = "shop", int days = 3) =>
        new(key, shop, new Step(key, kind, 0, null, DateMove.Later, hardness), Today.AddDays(days));

    private static string Group(params DueStep[] due)
    {
        var mail = Grouping.For(due);
        var messages = mail.Messages.Select(message => $"[{string.Join(' ', message.Select(d => d.Key))}]");
        return string.Join(' ', mail.Deferred.Count == 0 ? messages : messages.Append("deferred").Concat(mail.Deferred.Select(d => d.Key)));
    }
}
