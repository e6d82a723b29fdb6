using System.Globalization;
using System.Text.RegularExpressions;
using Relance.Dashboard;
using Relance.Tests.Servers;

namespace Relance.Tests.Dashboard;

/// <summary>What services say in English, and pages in French: read off the sources, so that no new sentence is forgotten.</summary>
public sealed partial class Faults_are_told_in_French
{
    // A C# string, with what stands in the holes of an interpolated one.
    private const string Text = """(?<text>\$?"(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\.|[^"{\\])*")""";

    [Theory]
    [InlineData("Agency")]
    [InlineData("Import")]
    [InlineData("Shops/GoingLive.cs")]
    public void Every_refusal(string where)
    {
        var said = Sources(where).SelectMany(source => Refusal().Matches(source)).Where(match => match.Groups["why"].Value == "Conflict" || Refusals.French(match.Groups["field"].Value) is null);
        ShouldAllBeFrench(said.Select(match => Pattern(match.Groups["text"].Value)));
    }

    [Theory]
    [InlineData("Shops/GoingLive.cs")]
    [InlineData("Shops/GoingLiveChecks.cs")]
    [InlineData("Operations/ShopDoctor.cs")]
    public void Every_finding_before_going_live(string where)
    {
        var texts = Sources(where).SelectMany(source => Finding().Matches(source)).SelectMany(match => match.Groups["text"].Captures.Select(text => text.Value)).Select(Pattern).ToList();
        // Commands are the same in every language.
        ShouldAllBeFrench(texts.Where(text => !text.StartsWith("relance ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_fault_of_a_file() => ShouldAllBeFrench(Sources("Import").SelectMany(source => Cell().Matches(source)).Select(match => Pattern(match.Groups["text"].Value)).Where(text => text != "row"));

    [Fact]
    public void Every_mend_of_the_mail_server_and_of_the_shop() => ShouldAllBeFrench(
        Sources("Channels/Email/SmtpProbe.cs").SelectMany(source => Mend().Matches(source))
            .Concat(Sources("Operations/ShopDoctor.cs").SelectMany(source => Mend().Matches(source)).Where(match => match.Value.StartsWith("=>", StringComparison.Ordinal))).Select(match => Pattern(match.Groups["text"].Value)));

    [Fact]
    public void Facts_are_said_in_French_as_well()
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fr");
        Of("one that is open; this one is ended").ShouldBe("il faut un contrat en cours ; celui-ci est « Terminé »");
        Of("a lawful day, from 2027-01-02 to 2027-02-03").ShouldBe($"un jour licite, du {Formats.Date(new(2027, 1, 2))} au {Formats.Date(new(2027, 2, 3))}".Replace('\u00A0', ' '));
        Of("something blocks first: It is missing; expected the postal address of the head office. To mend it: Run the service without --clock.")
            .ShouldBe("quelque chose bloque d’abord : Manquant ; attendu : l’adresse postale du siège. Pour y remédier : Lancez le service sans --clock.");
        Of("identity: replyTo").ShouldBe("identité : adresse de réponse");
        Of("nobody ever said this").ShouldBe("nobody ever said this");
    }

    private static string Of(string english) => InFrench.Of(english).Replace('\u202F', ' ').Replace('\u00A0', ' ');

    private static void ShouldAllBeFrench(IEnumerable<string> patterns)
    {
        var all = patterns.Distinct(StringComparer.Ordinal).ToList();
        all.ShouldNotBeEmpty();
        all.Where(pattern => !FrenchSentences.All.ContainsKey(pattern) && !FrenchSentences.All.ContainsKey(pattern.TrimEnd('.')) && !OnlyFacts().IsMatch(pattern)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Sources(string where)
    {
        var path = Path.Combine(Repository.Root, "src", "Relance", where);
        return (File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)).Select(File.ReadAllText);
    }

    // As the table has it: holes numbered, without what pages take off.
    private static string Pattern(string literal)
    {
        var text = Regex.Unescape(literal.TrimStart('$').Trim('"'));
        text = text.StartsWith("expected ", StringComparison.Ordinal) ? text["expected ".Length..] : text;
        if (!literal.StartsWith('$'))
            return text;
        var hole = 0;
        return Hole().Replace(text, _ => $"{{{hole++}}}");
    }

    [GeneratedRegex("RefusedException\\.(?<why>Conflict|Invalid)\\(\"(?<field>\\w+)\", " + Text + "\\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Refusal();

    [GeneratedRegex("Finding\\.(Fault|Warning)\\(\\s*(\\$?\"[^\"]*\"|\\w+),\\s*" + Text + ",\\s*" + Text + "?", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Finding();

    [GeneratedRegex("(Fault<[^>]+>+|Choice|Decimal)\\([^\"$\\n]*" + Text + "\\)|new ImportFault\\([^\"$\\n]*(\"row\", )?" + Text + "[,)]", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Cell();

    [GeneratedRegex("(return|=>|\\?|:) " + Text + "[;,]?\\s*\\n", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Mend();

    [GeneratedRegex(@"\{(?:[^{}]|\{[^{}]*\})*\}", RegexOptions.None, 5000)]
    private static partial Regex Hole();

    [GeneratedRegex(@"^[\W\d]*$", RegexOptions.None, 5000)]
    private static partial Regex OnlyFacts();
}
