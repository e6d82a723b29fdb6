using Relance.Templates;

namespace Relance.Tests.Templates;

public class TemplateCheckerTests
{
    private const string Notice = "maintenance.notice";

    [Theory]
    [InlineData("{{nope}}", "unknown placeholder 'nope'; allowed: amount, bic,")]
    [InlineData("{{#if test}}{{#unless test}}{{nope}}{{/unless}}{{/if}}", "unknown placeholder 'nope'")]
    [InlineData("{{#if nope}}x{{/if}}", "unknown placeholder 'nope'")]
    [InlineData("{{shout planName}}", "unknown helper 'shout'; allowed: date, dateShort, money, plural.")]
    [InlineData("{{#with test}}x{{/with}}", "unknown block '#with'; allowed: if, unless, each.")]
    [InlineData("{{#if test}}x", "block '#if test' is never closed")]
    [InlineData("{{#if test}}x{{/each}}", "'/each' closes nothing; open is: if")]
    [InlineData("{{/if}}", "'/if' closes nothing; open is: no block")]
    [InlineData("{{else}}", "'else' outside of a block")]
    [InlineData("{{planName", "'{{planName' has no closing braces")]
    [InlineData("{{{planName}}}", "values are always escaped")]
    [InlineData("{{&planName}}", "values are always escaped")]
    [InlineData("{{termEnd}}", "'termEnd' is a Date, expected text")]
    [InlineData("{{money termEnd}}", "'termEnd' is a Date, expected a Money")]
    [InlineData("{{date termEnd amount}}", "'date' takes 1 argument(s), got 2")]
    [InlineData("{{#each planName}}x{{/each}}", "'planName' is no list")]
    [InlineData("{{#if services}}{{#each services}}{{planName}}{{/each}}{{/if}}", "inside '#each' only 'this' can be printed")]
    [InlineData("{{siteUrl}}", "'siteUrl' may be empty: print it inside '#if siteUrl'")]
    [InlineData("{{#if siteUrl}}x{{else}}{{siteUrl}}{{/if}}", "'siteUrl' may be empty")]
    [InlineData("{{#unless siteUrl}}{{siteUrl}}{{/unless}}", "'siteUrl' may be empty")]
    [InlineData("{{date endsOn}}", "'endsOn' may be empty")]
    [InlineData("<a href=\"{{planName}}\">x</a>", "'planName' is a Text, expected a Url")]
    [InlineData("{{> nope}}", "no partial 'nope'; there are: ")]
    [InlineData("{{content}}", "unknown placeholder 'content'")]
    public void A_fault_is_found_before_anything_is_rendered(string added, string expected)
    {
        var files = French();
        var line = files[Notice].Split('\n').Length + 1;
        files[Notice] += "\n" + added;

        var fault = Should.Throw<TemplateException>(() => Load(files)).Faults[0];

        fault.ShouldStartWith($"fr/{Notice}:{line}: ");
        fault.ShouldContain(expected);
    }

    [Theory]
    [InlineData("{{! a note on nothing }}")]
    [InlineData("{{!-- {{nope}} --}}")]
    [InlineData("{{#if siteUrl}}{{siteUrl}}{{/if}}")]
    [InlineData("{{#unless siteUrl}}x{{else}}{{siteUrl}}{{/unless}}")]
    [InlineData("{{plural count \"un contrat\" \"des contrats\"}}")]
    public void What_is_documented_is_accepted(string added)
    {
        var files = French();
        files[Notice] += added;
        Should.NotThrow(() => Load(files));
    }

    [Theory]
    [InlineData("subject:", "the line 'subject:' is missing")]
    [InlineData("title:", "the line 'title:' is missing")]
    [InlineData("---", "expected a line '---'")]
    public void A_missing_head_line_is_found(string start, string expected)
    {
        var files = French();
        files[Notice] = string.Join('\n', files[Notice].Split('\n').Where(l => !l.StartsWith(start, StringComparison.Ordinal)));
        Should.Throw<TemplateException>(() => Load(files)).Message.ShouldContain(expected);
    }

    [Fact]
    public void A_fault_in_a_subject_or_a_partial_names_its_own_line()
    {
        var files = French();
        files[Notice] = files[Notice].Replace("subject: ", "subject: {{nope}} ", StringComparison.Ordinal);
        files["_facts"] = "\n\n{{nope}}" + files["_facts"];

        var faults = Should.Throw<TemplateException>(() => Load(files)).Faults;

        faults.ShouldContain(f => f.StartsWith($"fr/{Notice}:2: unknown placeholder 'nope'"));
        faults.ShouldContain(f => f.StartsWith("fr/_facts:3: unknown placeholder 'nope'"));
        faults.Count.ShouldBe(2);
    }

    [Fact]
    public void A_partial_that_includes_itself_is_found()
    {
        var files = French();
        files["_facts"] += "{{> facts}}";
        Should.Throw<TemplateException>(() => Load(files)).Message.ShouldContain("partial 'facts' includes itself");
    }

    [Fact]
    public void A_message_that_forgets_what_it_must_carry_is_found()
    {
        var files = French();
        files["maintenance.suspension"] = files["maintenance.suspension"].Replace("{{> services}}", "", StringComparison.Ordinal);
        Should.Throw<TemplateException>(() => Load(files)).Faults.ShouldHaveSingleItem()
            .ShouldStartWith("fr/maintenance.suspension:1: must print 'services'");
    }

    [Fact]
    public void A_file_without_entry_and_an_entry_without_file_are_found()
    {
        var files = French();
        files.Remove("maintenance.ended", out var ended);
        files["maintenance.finished"] = ended!;

        Should.Throw<TemplateException>(() => Load(files)).Faults.ShouldBe(
            ["fr/maintenance.finished:1: no entry in the catalogue has this name.", "fr/maintenance.ended: the file is missing."]);
    }

    [Fact]
    public void What_only_the_engine_refuses_is_named_too()
    {
        var files = French();
        files[Notice] += "{{! a {brace} }}";
        Should.Throw<TemplateException>(() => Load(files)).Message.ShouldContain("fr/maintenance.notice:");
    }

    [Fact]
    public void A_reminder_without_one_of_its_tones_is_found()
    {
        var files = French();
        files[Notice] = files[Notice].Replace("{{#if firm}}", "{{#if test}}", StringComparison.Ordinal);
        Should.Throw<TemplateException>(() => Load(files)).Faults.ShouldHaveSingleItem().ShouldStartWith($"fr/{Notice}:1: must print 'firm'");
    }

    [Fact]
    public void The_name_of_a_message_holds_no_placeholder()
    {
        var files = French();
        files[Notice] = files[Notice].Replace("name: ", "name: {{planName}} ", StringComparison.Ordinal);
        Should.Throw<TemplateException>(() => Load(files)).Message.ShouldContain("'name' is what people call the message");
    }

    private static Dictionary<string, string> French() => new(TemplateFiles.Of("fr"));

    // Checked at once, compiled when needed: here, all.
    private static void Load(Dictionary<string, string> files)
    {
        var set = new TemplateSet(MailLocale.Parse("fr", TemplateFiles.Read("fr.locale.txt")), files, TemplateFiles.Frames(), TemplateFiles.Read("styles.css"));
        foreach (var entry in TemplateCatalogue.All)
            set.Message(entry.Id).Body.ShouldNotBeNull();
    }
}
