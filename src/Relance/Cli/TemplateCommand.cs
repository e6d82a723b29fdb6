using System.CommandLine;
using Relance.Domain.Reminders;
using Relance.Templates;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance template preview</c>: messages as clients would get them, from sample data.</summary>
internal static class TemplateCommand
{
    private static readonly Argument<string?> s_id = new("id")
    {
        Description = $"One of {string.Join(", ", TemplateCatalogue.All.Select(entry => entry.Id))}",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> s_all = new("--all") { Description = "Every message in every language and tone, into the folder --out" };
    private static readonly Option<string?> s_locale = new("--locale") { Description = "Language of the message (default: fr; with --all: every one)" };
    private static readonly Option<Tone?> s_tone = new("--tone") { Description = "gentle, neutral or firm (default: neutral; with --all: every one)" };
    private static readonly Option<string> s_out = new("--out") { Description = "HTML file to write; with --all: a folder", Required = true };
    private static readonly Option<bool> s_force = new("--force") { Description = "Write into a folder that is not empty" };

    public static void AddTo(RootCommand root)
    {
        var preview = new Command("preview", "Write messages with sample data to files") { s_id, s_all, s_locale, s_tone, s_out, s_force };
        preview.Validators.Add(result =>
        {
            if (result.GetValue(s_all) == (result.GetValue(s_id) is not null))
                result.AddError("id: expected the id of one message, or --all.");
        });
        preview.SetAction((parsed, ct) => parsed.GetValue(s_all) ? AllAsync(parsed, ct) : OneAsync(parsed, ct));
        root.Subcommands.Add(new Command("template", "Look at the messages") { preview });
    }

    private static async Task<int> OneAsync(ParseResult parsed, CancellationToken ct)
    {
        var (locale, file) = (parsed.GetValue(s_locale) ?? "fr", parsed.GetRequiredValue(s_out));
        var mail = Asked(() => TemplatePreview.One(new MailRenderer(), parsed.GetValue(s_id)!, locale, parsed.GetValue(s_tone) ?? Tone.Neutral));
        await File.WriteAllTextAsync(file, mail.Page, ct);
        CommonOptions.Output(parsed).Write(new { mail.Id, locale, mail.Tone, subject = mail.Rendered.Subject, file }, console => console.WriteLine($"{mail.Rendered.Subject}{Environment.NewLine}{file}"));
        return ExitCode.Done;
    }

    private static async Task<int> AllAsync(ParseResult parsed, CancellationToken ct)
    {
        var folder = parsed.GetRequiredValue(s_out);
        if (!parsed.GetValue(s_force) && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new UsageException($"--out: '{folder}' is not empty: expected a new folder, or --force.");
        var mails = Asked(() => TemplatePreview.All(new MailRenderer(), null, parsed.GetValue(s_locale), parsed.GetValue(s_tone)).ToList());
        Directory.CreateDirectory(folder);
        foreach (var mail in mails)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, mail.Name + ".html"), mail.Page, ct);
            await File.WriteAllTextAsync(Path.Combine(folder, mail.Name + ".txt"), mail.Rendered.Text, ct);
            await File.WriteAllBytesAsync(Path.Combine(folder, mail.Name + ".eml"), mail.Mail, ct);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), PreviewIndex.Page(mails), ct);
        CommonOptions.Output(parsed).Write(
            mails.Select(m => new { m.Id, m.Locale, m.Tone, subject = m.Rendered.Subject, name = m.Name }),
            console => console.WriteLine($"{mails.Count} messages, each as .html, .txt and .eml: {Path.Combine(folder, "index.html")}"));
        return ExitCode.Done;
    }

    private static T Asked<T>(Func<T> render)
    {
        try
        {
            return render();
        }
        catch (ArgumentException unknown)
        {
            throw new UsageException(unknown.Message);
        }
    }
}
