using Relance.Templates;

namespace Relance.Agency;

/// <summary>A kind of task: what to do about it, in French and English.</summary>
/// <param name="Name">As stored: <c>which-contract</c>.</param>
/// <param name="Days">Days that a person has for it.</param>
/// <param name="Outcomes">Codes of the ways it may end.</param>
/// <param name="French">Title and script.</param>
/// <param name="English">Title and script.</param>
internal sealed record TaskKind(string Name, int Days, string[] Outcomes, (string Title, string Script) French, (string Title, string Script) English)
{
    /// <summary>Its words in a language; English unless it is French.</summary>
    public TaskWords In(string locale) => locale == "fr"
        ? new(Typography.French(French.Title), Typography.French(French.Script), [.. Outcomes.Select(code => TaskOutcomes.Of(code, french: true))])
        : new(English.Title, English.Script, [.. Outcomes.Select(code => TaskOutcomes.Of(code, french: false))]);
}

/// <summary>A kind of task in one language.</summary>
internal sealed record TaskWords(string Title, string Script, IReadOnlyList<TaskOutcome> Outcomes);

/// <summary>Every kind of task. One that is not listed is a plain note: read it, do it, say that it is done.</summary>
internal static partial class TaskCatalogue
{
    private static readonly TaskKind Plain = new("", 2, ["done"], ("À faire", "Lisez ce qui s’est passé, faites le nécessaire, puis notez le résultat."), ("To do", "Read what happened, do what it takes, then say how it ended."));

    private static readonly Dictionary<string, TaskKind> Kinds = All().ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>The kind of a stored name.</summary>
    public static TaskKind Of(string name) => Kinds.GetValueOrDefault(name) ?? Plain with { Name = name };
}
