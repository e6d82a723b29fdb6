using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Relance.Agency;

namespace Relance.Dashboard;

/// <summary>
/// What the services say of a fault, in the language of the page. They say it in English, to the command line and the API as well; a sentence is
/// recognised by its fixed words, and its facts are put into the French one (<see cref="FrenchSentences"/>). One without French stays English.
/// </summary>
internal static partial class InFrench
{
    private static readonly FrozenDictionary<string, string> s_exact = FrenchSentences.All.Where(said => !Hole().IsMatch(said.Key)).ToFrozenDictionary(StringComparer.Ordinal);

    // The one with the most fixed words first: a short one may be part of it.
    private static readonly (Regex English, string French)[] s_patterns = [.. FrenchSentences.All.Where(said => Hole().IsMatch(said.Key))
        .OrderByDescending(said => Hole().Replace(said.Key, "").Length).Select(said => (Recognising(said.Key), said.Value))];

    /// <summary>A sentence of a service, for the reader of this request.</summary>
    public static string Say(string english) => Words.Language == "fr" ? Of(english) : english;

    /// <summary>The same in French, with French spaces.</summary>
    public static string Of(string english) => Find(english) ?? Find(english + '.')?.TrimEnd('.') ?? english;

    /// <summary>Recognises an English sentence, whatever its facts are; they are the groups <c>f0</c>, <c>f1</c>…</summary>
    internal static Regex Recognising(string pattern) =>
        new($"^{Hole().Replace(Regex.Escape(pattern), hole => $"(?<f{hole.Groups["n"].Value}>.*?)")}$", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static string? Find(string english)
    {
        if (s_exact.GetValueOrDefault(english) is { } whole)
            return Templates.Typography.French(whole);
        foreach (var (pattern, french) in s_patterns)
        {
            if (pattern.Match(english) is { Success: true } match)
                return TaskTexts.Fill(Templates.Typography.French(french), [.. match.Groups.Values.Skip(1).OrderBy(group => group.Name, StringComparer.Ordinal).Select(group => Fact(group.Value))]);
        }

        return null;
    }

    private static string Fact(string fact)
    {
        if (DateOnly.TryParseExact(fact, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Formats.Date(day);
        var named = Labels.Step(fact) is var step && step != fact ? step : Labels.Standing(fact).Text is var standing && standing != fact ? standing : Labels.Message(fact).Text;
        return named != fact ? $"«\u00A0{named}\u00A0»" : Of(fact);
    }

    // As written in a pattern, and as Regex.Escape leaves it.
    [GeneratedRegex(@"\\?\{(?<n>\d)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hole();
}
