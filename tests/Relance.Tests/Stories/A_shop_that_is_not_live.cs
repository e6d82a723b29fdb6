using Relance.Storage;

namespace Relance.Tests.Stories;

/// <summary>The same seventy-one days outside live: nothing reaches a client, and nothing is written to the shop but our webhooks.</summary>
public class A_shop_that_is_not_live
{
    [Fact]
    public async Task In_a_dry_run_no_mail_leaves()
    {
        var story = await Story.PlayAsync(Dialect.Sqlite, "dry-run");
        story.Mails.ShouldBeEmpty();
        story.Steps.Where(step => step.State == "sent").Select(step => step.Step).Distinct().Count().ShouldBeGreaterThan(5, "it shows what would have been said");
        ShouldOnlyHaveListed(story);
    }

    [Fact]
    public async Task Redirected_every_mail_goes_to_the_agency()
    {
        var story = await Story.PlayAsync(Dialect.Postgres, "redirect");
        story.Mails.Select(MailKind.Of).Distinct().Count().ShouldBeGreaterThan(5);
        story.Mails.SelectMany(mail => mail.EnvelopeTo).Distinct().ShouldBe(["agence@agence-demo.example"]);
        story.Mails.ShouldAllBe(mail => mail.To.Contains("agence@agence-demo.example") && mail.Header("Cc").Length == 0);
        story.Mails.ShouldAllBe(mail => mail.Subject.StartsWith("[Pour", StringComparison.Ordinal) && mail.Subject.Contains("@client.example]"));
        story.Mails.ShouldAllBe(mail => !mail.Html.Contains("/checkout/", StringComparison.Ordinal) && !mail.Html.Contains("/my-account/", StringComparison.Ordinal) && !mail.Html.Contains("127.0.0.1", StringComparison.Ordinal));
        story.Mails.ShouldContain(mail => mail.Html.Contains("https://specimen.invalid/", StringComparison.Ordinal));
        ShouldOnlyHaveListed(story);
    }

    private static void ShouldOnlyHaveListed(Story story)
    {
        story.Writes.ShouldNotBeEmpty("the shop was linked");
        story.Writes.ShouldAllBe(write => write.Path.Contains("/wc/v3/webhooks"));
        story.PostBacks.ShouldNotBeEmpty();
        story.PostBacks.ShouldAllBe(write => write.State == "listed");
        story.FirstBroken.ShouldBeNull();
    }
}
