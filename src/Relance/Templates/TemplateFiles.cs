namespace Relance.Templates;

/// <summary>The template files inside the assembly: <c>layout</c>, <c>styles</c>, and per language messages, partials and <c>locale</c>.</summary>
internal static class TemplateFiles
{
    private const string Root = "Relance.Templates.Mails.";

    /// <summary>The languages that have templates.</summary>
    public static IReadOnlyList<string> Languages { get; } =
        [.. Names().Where(n => n.EndsWith(".locale.txt", StringComparison.Ordinal)).Select(n => n[..^".locale.txt".Length]).Order(StringComparer.Ordinal)];

    public static string Read(string name)
    {
        using var stream = typeof(TemplateFiles).Assembly.GetManifestResourceStream(Root + name)
            ?? throw new TemplateException([$"{name}: no such file."]);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Messages and partials of one language, by name: <c>maintenance.notice</c>, <c>_payment</c>.</summary>
    public static IReadOnlyDictionary<string, string> Of(string language)
    {
        var prefix = language + ".";
        return Names()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(".hbs", StringComparison.Ordinal))
            .ToDictionary(n => n[prefix.Length..^".hbs".Length], Read);
    }

    /// <summary>What surrounds the messages in every language: the layout, and the section of a grouped mail.</summary>
    public static IReadOnlyDictionary<string, string> Frames() =>
        new Dictionary<string, string> { ["layout"] = Read("layout.hbs"), ["section"] = Read("section.hbs") };

    private static IEnumerable<string> Names() => typeof(TemplateFiles).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Root, StringComparison.Ordinal)).Select(n => n[Root.Length..]);
}
