namespace Relance.Templates;

/// <summary>The names allowed where a template is rendered, and the blocks open around the token being read.</summary>
internal sealed class TemplateScope(IEnumerable<Placeholder> placeholders, IReadOnlyCollection<string> filled)
{
    private readonly Dictionary<string, Placeholder> _known = placeholders.ToDictionary(p => p.Name);
    private readonly Stack<TemplateBlock> _blocks = new();

    public string Allowed => string.Join(", ", _known.Keys.Order(StringComparer.Ordinal));

    public Placeholder? Find(string name) => _known.GetValueOrDefault(name);

    public bool InEach => _blocks.Any(b => b.Helper == "each");

    public TemplateBlock? Innermost => _blocks.TryPeek(out var block) ? block : null;

    public void Open(TemplateBlock block) => _blocks.Push(block);

    public TemplateBlock Close() => _blocks.Pop();

    /// <summary>Whether a value is sure to be there: never empty, promised by the catalogue, or tested by a block around.</summary>
    public bool IsFilled(Placeholder placeholder) => !placeholder.Optional || filled.Contains(placeholder.Name)
        || _blocks.Any(b => b.Subject == placeholder.Name && b.SubjectIsFilled);
}

/// <summary>An open block: <c>{{#if payUrl}}</c>.</summary>
internal sealed record TemplateBlock(string Helper, string Subject, int Line)
{
    /// <summary>Set by <c>{{else}}</c>.</summary>
    public bool Inverted { get; set; }

    public bool SubjectIsFilled => Inverted == (Helper == "unless");
}
