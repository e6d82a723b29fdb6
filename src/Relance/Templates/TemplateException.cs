namespace Relance.Templates;

/// <summary>Templates that cannot be used; found at start, never at rendering. The message lists every fault with file and line.</summary>
public sealed class TemplateException(IReadOnlyList<string> faults)
    : Exception("Templates: " + string.Join(Environment.NewLine, faults))
{
    /// <summary>One line per fault: <c>fr/maintenance.notice:12: …</c>.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
