using System.CommandLine;
using Relance.Templates;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance template preview</c>: a message as a client would get it, from sample data.</summary>
internal static class TemplateCommand
{
    public static void AddTo(RootCommand root)
    {
        var id = new Argument<string>("id") { Description = $"One of {string.Join(", ", TemplateCatalogue.All.Select(entry => entry.Id))}" };
        var locale = new Option<string>("--locale") { Description = "Language of the message", DefaultValueFactory = _ => "fr" };
        var file = new Option<string>("--out") { Description = "HTML file to write", Required = true };
        var preview = new Command("preview", "Write a message to an HTML file") { id, locale, file };
        preview.SetAction((parsed, ct) => WriteAsync(parsed.GetRequiredValue(id), parsed.GetRequiredValue(locale), parsed.GetRequiredValue(file), CommonOptions.Output(parsed), ct));
        root.Subcommands.Add(new Command("template", "Look at the messages") { preview });
    }

    private static async Task<int> WriteAsync(string id, string locale, string file, Output output, CancellationToken ct)
    {
        var mail = Render(id, locale);
        await File.WriteAllTextAsync(file, mail.Html, ct);
        output.Write(new { id, locale, subject = mail.Subject, file }, console => console.WriteLine($"{mail.Subject}{Environment.NewLine}{file}"));
        return ExitCode.Done;
    }

    private static RenderedMail Render(string id, string locale)
    {
        try
        {
            return TemplatePreview.Render(new MailRenderer(), id, locale);
        }
        catch (ArgumentException unknown)
        {
            throw new UsageException(unknown.Message);
        }
    }
}
