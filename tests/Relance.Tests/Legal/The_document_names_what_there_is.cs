using System.Reflection;
using System.Text.RegularExpressions;
using Relance.Domain.Law;
using Relance.Tests.Servers;

namespace Relance.Tests.Legal;

/// <summary>The table of rules in <c>docs/law.md</c> against the articles and the code, both ways.</summary>
public sealed partial class The_document_names_what_there_is
{
    private static readonly string[][] s_rules = [.. Table().Select(line => line.Trim('|').Split('|'))];

    [Fact]
    public void Every_article_of_the_catalogue_is_in_it_and_no_other()
    {
        var catalogue = typeof(Article).GetProperties(BindingFlags.Public | BindingFlags.Static).Where(p => p.PropertyType == typeof(Article)).Select(p => p.GetValue(null)!.ToString()!);
        s_rules.SelectMany(rule => rule[1].Split(';')).Select(article => article.Trim()).Distinct().Order(StringComparer.Ordinal).ShouldBe(catalogue.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_piece_of_code_it_names_is_there()
    {
        var types = new[] { typeof(Article).Assembly, typeof(Program).Assembly }.SelectMany(assembly => assembly.GetTypes()).ToLookup(type => type.Name);
        foreach (var rule in s_rules)
        {
            var names = Code().Matches(rule[2]).Select(match => match.Groups["name"].Value).ToList();
            names.ShouldNotBeEmpty(rule[0]);
            foreach (var name in names.Select(name => name.Split('.')))
                types[name[0]].Any(type => name.Length == 1 || type.GetMember(name[1], BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance).Length > 0)
                    .ShouldBeTrue(string.Join('.', name));
        }
    }

    [Fact]
    public void Every_finding_of_the_audit_is_in_it()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "src", "Relance", "Legal", "LegalFindings.cs"));
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "law.md"));
        var kinds = Finding().Matches(source).Select(match => match.Groups["kind"].Value).Distinct().ToList();
        kinds.Count.ShouldBeGreaterThanOrEqualTo(10);
        kinds.ShouldAllBe(kind => document.Contains($"`{kind}`", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Table() => File.ReadLines(Path.Combine(Repository.Root, "docs", "law.md"))
        .SkipWhile(line => line != "## The rules").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith('|')).Skip(2);

    [GeneratedRegex("`(?<name>[A-Za-z.]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("Add\\(\"(?<kind>[a-z-]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Finding();
}
