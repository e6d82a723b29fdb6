using Relance.Templates;

namespace Relance.Tests.Cli;

public sealed class Previews : IDisposable
{
    private readonly RelanceProcess _relance = new();

    [Fact]
    public async Task A_message_is_written_as_a_page_that_stands_alone()
    {
        var answer = await _relance.RunAsync(null, "template", "preview", "maintenance.notice", "--out", "mail.html");
        answer.Code.ShouldBe(0);
        var page = await File.ReadAllTextAsync(Path.Combine(_relance.Folder, "mail.html"));
        page.ShouldContain("<html");
        page.ShouldNotContain("cid:");
    }

    [Fact]
    public async Task An_unknown_message_is_refused_with_the_list_of_those_that_exist()
    {
        var answer = await _relance.RunAsync(null, "template", "preview", "maintenance.nothing", "--out", "mail.html");
        answer.Code.ShouldBe(2);
        foreach (var entry in TemplateCatalogue.All)
            answer.Error.ShouldContain(entry.Id);
    }

    public void Dispose() => _relance.Dispose();
}
