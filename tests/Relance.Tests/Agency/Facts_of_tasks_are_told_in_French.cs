using System.Text.Json;
using System.Text.RegularExpressions;
using Relance.Agency;
using Relance.Tests.Servers;

namespace Relance.Tests.Agency;

public sealed partial class Facts_of_tasks_are_told_in_French
{
    private static readonly DateOnly s_day = new(2027, 1, 7);

    private static readonly IReadOnlyList<string> s_sources = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Relance"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith("TaskTexts.cs", StringComparison.Ordinal)).Select(File.ReadAllText)];

    public static TheoryData<string> Patterns => [.. TaskTexts.French.Keys];

    [Fact]
    public void A_sentence_is_said_with_its_facts()
    {
        Says("fr", $"{"ABO-36"}: {"maintenance.notice"}, to be approved until {s_day:yyyy-MM-dd}.").ShouldBe("ABO-36\u00A0: annonce de l’échéance, à approuver jusqu’au 07/01/2027.");
        Says("en", $"{"ABO-36"}: {"maintenance.notice"}, to be approved until {s_day:yyyy-MM-dd}.").ShouldBe("ABO-36: maintenance.notice, to be approved until 2027-01-07.");
        Says("fr", $"A transfer or cheque was announced for order {1042}: check the bank.").ShouldBe("Un virement ou un chèque est annoncé pour la commande 1042\u00A0: regardez le compte.");
        Says("fr", "This client has no e-mail address: nothing can be confirmed or reminded.").ShouldBe("Ce client n’a pas d’adresse e-mail\u00A0: rien ne peut lui être confirmé ni rappelé.");
    }

    [Fact]
    public void A_fact_is_never_a_pattern()
    {
        Says("fr", $"The mail server refused this message: {"550 {0} } {"}").ShouldBe("Le serveur d’envoi a refusé ce message\u00A0: 550 {0} } {");
        Says("fr", "Il dit {0}, } et {").ShouldBe("Il dit {0}, } et {");
    }

    [Fact]
    public void A_task_stored_before_says_its_English_sentence() =>
        TaskTexts.In("fr", JsonSerializer.SerializeToElement(new { about = "Order 12 paid the term." })).ShouldBe("Order 12 paid the term.");

    // A sentence that was changed without its French one would silently fall back to English.
    [Theory]
    [MemberData(nameof(Patterns))]
    public void Every_French_sentence_belongs_to_one_of_ours(string pattern)
    {
        var french = TaskTexts.French[pattern];
        Holes().Matches(french).Select(hole => hole.Value).Order(StringComparer.Ordinal).ShouldBe(Holes().Matches(pattern).Select(hole => hole.Value).Order(StringComparer.Ordinal));
        var sentence = new Regex(Holes().Replace(Regex.Escape(pattern.Replace("\"", "\\\"", StringComparison.Ordinal)).Replace("\\{", "{", StringComparison.Ordinal), "\\{[^{}]+(\\{[^{}]*\\}[^{}]*)*\\}"), RegexOptions.None, TimeSpan.FromSeconds(5));
        s_sources.ShouldContain(source => sentence.IsMatch(source));
    }

    private static string Says(string locale, TaskSentence sentence) => TaskTexts.In(locale, JsonDocument.Parse(sentence.ToJson()).RootElement);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Holes();
}
