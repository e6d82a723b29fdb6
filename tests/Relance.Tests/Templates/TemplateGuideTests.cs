using Relance.Templates;

namespace Relance.Tests.Templates;

public class TemplateGuideTests
{
    [Fact]
    public void The_guide_for_authors_lists_every_placeholder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Relance.sln")))
            folder = folder.Parent!;
        var guide = File.ReadAllText(Path.Combine(folder.FullName, "docs", "templates.md"));

        foreach (var p in Placeholders.Mail.Concat(Placeholders.Item).Concat(Placeholders.Layout))
            guide.ShouldContain($"| `{p.Name}` | {p.Kind} | {(p.Optional ? "yes" : "")} | {p.Meaning} |");
    }
}
