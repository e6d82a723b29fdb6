using Relance.Templates;

namespace Relance.Tests.BadInput;

/// <summary>Faults in a template, found when the service starts.</summary>
internal static class TemplateCases
{
    private const string Notice = "maintenance.notice";

    public static Family Family { get; } = new("Templates", "Added to the end of the notice's template; the service does not start with a faulty one.", () => Family.EachAsync(Cases.Select(c => ($"`{c}`", c)), AnswerAsync));

    private static IEnumerable<string> Cases =>
    [
        "{{nope}}", "{{#if nope}}x{{/if}}", "{{#if test}}x", "{{/if}}", "{{#if test}}x{{/each}}", "{{else}}", "{{planName", "}}", "{{{planName}}}", "{{&planName}}", "{{termEnd}}", "{{money termEnd}}", "{{date termEnd amount}}",
        "{{#each planName}}x{{/each}}", "{{#with test}}x{{/with}}", "{{shout planName}}", "{{siteUrl}}", "<a href=\"{{planName}}\">x</a>", "{{> nope}}", "{{content}}", "{{../planName}}", "{{this.constructor}}", "{{lookup . 'x'}}", "{{{{raw}}}}", "{{! never closed",
    ];

    private static Task<string> AnswerAsync(string added)
    {
        var files = new Dictionary<string, string>(TemplateFiles.Of("fr"));
        files[Notice] += "\n" + added;
        try
        {
            _ = new TemplateSet(MailLocale.Parse("fr", TemplateFiles.Read("fr.locale.txt")), files, TemplateFiles.Frames(), TemplateFiles.Read("styles.css")).Message(Notice);
            return Task.FromResult("taken");
        }
        catch (TemplateException fault)
        {
            return Task.FromResult(fault.Faults[0]);
        }
    }
}
