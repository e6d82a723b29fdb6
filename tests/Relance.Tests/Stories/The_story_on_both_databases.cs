using Relance.Demo;
using Relance.Demo.Mail;
using Relance.Storage;

namespace Relance.Tests.Stories;

/// <summary>Forty contracts from J-35 to J+35, live: counted from the mailbox and from the shop.</summary>
public class The_story_on_both_databases(The_story_on_both_databases.Stories stories) : IClassFixture<The_story_on_both_databases.Stories>
{
    private static readonly TimeZoneInfo s_paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly DateOnly[] s_holidays = [new(2026, 12, 25), new(2027, 1, 1)];

    public static TheoryData<Dialect> Databases => [Dialect.Sqlite, Dialect.Postgres];

    [Fact]
    public async Task Both_databases_tell_the_same_story() =>
        (await stories.OnAsync(Dialect.Postgres)).Outcome().ShouldBe((await stories.OnAsync(Dialect.Sqlite)).Outcome());

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Every_message_is_sent_and_none_twice(Dialect dialect)
    {
        var mails = (await stories.OnAsync(dialect)).Mails;
        mails.Select(MailKind.Of).Distinct().ShouldBe(MailKind.All, ignoreOrder: true);
        mails.GroupBy(MailKind.About).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
        mails.Select(mail => mail.MessageId).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Nobody_is_reminded_after_paying(Dialect dialect)
    {
        var story = await stories.OnAsync(dialect);
        story.Shop.Missed.ShouldBeEmpty("everybody did what the story says");
        var paid = story.Contracts.ToDictionary(c => c.Reference, c => story.Shop.PaidAfter(c, DemoRun.Start));
        paid.Values.Count(at => at is not null).ShouldBe(DemoCast.Roles.Count(role => role.PaysOnDay is not null || role.Kind == DemoCast.Automatic));
        story.Mails.Where(mail => MailKind.IsReminder(mail) && MailAudit.Read(mail).References.Any(named => mail.ReceivedAt >= paid[named])).Select(Say).ShouldBeEmpty();
        story.Mails.ShouldAllBe(mail => MailAudit.Read(mail).References.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Reminders_leave_in_the_window_of_business_days_and_one_a_day(Dialect dialect)
    {
        var reminders = (await stories.OnAsync(dialect)).Mails.Where(MailKind.IsReminder).ToList();
        reminders.Where(mail => !IsInWindow(mail.ReceivedAt) || !IsInWindow(mail.Date)).Select(Say).ShouldBeEmpty();
        reminders.GroupBy(mail => (mail.EnvelopeTo.Single(), Day(mail.ReceivedAt))).Where(day => day.Count() > 1).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_shop_and_Relance_agree_on_every_contract(Dialect dialect)
    {
        var story = await stories.OnAsync(dialect);
        story.Contracts.Count.ShouldBe(DemoCast.Roles.Count);
        story.Contracts.Where(c => story.Shop.StandingOf(c) != c.Standing).Select(c => $"{c} says {story.Shop.StandingOf(c)}").ShouldBeEmpty();
        story.Contracts.Where(c => story.Shop.SubscriptionOf(c) is { } shop && (shop["status"]!.GetValue<string>() == "active") != c.Standing is "active" or "renewal-due")
            .Select(c => c.ToString()).ShouldBeEmpty("a subscription is active exactly while its contract is");
        story.Contracts.Where(c => c.Standing == "ended").ShouldNotBeEmpty("who never paid is closed at J+30");
        story.Contracts.Where(c => c.Standing is not ("active" or "ended")).Select(c => c.Email).ShouldBe(["", Refused], ignoreOrder: true, "what nobody could be told is not enforced");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_evidence_is_whole_and_the_shop_was_told_everything(Dialect dialect)
    {
        var story = await stories.OnAsync(dialect);
        story.FirstBroken.ShouldBeNull();
        story.Entries.ShouldBeGreaterThan(story.Mails.Count);
        story.PostBacks.ShouldNotBeEmpty();
        story.PostBacks.Where(write => write.State != "done" || write.Error is not null).Select(write => write.ToString()).ShouldBeEmpty();
    }

    private static string Refused => $"client{DemoCast.Roles.TakeWhile(role => !role.Refused).Count() + 1:00}@client.example";

    private static bool IsInWindow(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, s_paris);
        return local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !s_holidays.Contains(Day(at)) && local.Hour is >= 9 and < 19;
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, s_paris).DateTime);

    private static string Say(CaughtMail mail) => $"{mail.ReceivedAt:u} {mail.To}: {mail.Subject}";

    /// <summary>Plays once per database, whichever test asks first.</summary>
    public sealed class Stories
    {
        private readonly Dictionary<Dialect, Task<Story>> _played = [];

        internal Task<Story> OnAsync(Dialect dialect)
        {
            lock (_played)
                return _played.TryGetValue(dialect, out var played) ? played : _played[dialect] = Story.PlayAsync(dialect, "live");
        }
    }
}
