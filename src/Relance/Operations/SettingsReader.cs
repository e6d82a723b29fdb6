using System.Globalization;

namespace Relance.Operations;

/// <summary>Reads typed values out of configuration and collects every fault instead of stopping at the first.</summary>
/// <remarks>A fault never repeats the value: it may be a secret put in the wrong place.</remarks>
internal sealed class SettingsReader(IConfiguration section)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    public void Fault(string name, string expected) => _faults.Add($"Relance:{name}: expected {expected}.");

    public string? Text(string name)
    {
        _known.Add(name);
        return section[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    /// <summary>A value that must not be trimmed.</summary>
    public string? Secret(string name)
    {
        _known.Add(name);
        return string.IsNullOrEmpty(section[name]) ? null : section[name];
    }

    public T Parsed<T>(string name, T fallback, string expected, Func<string, T?> parse) where T : struct
    {
        if (Text(name) is not { } text)
            return fallback;
        if (parse(text) is { } value)
            return value;
        Fault(name, expected);
        return fallback;
    }

    public string? Checked(string name, string expected, Func<string, string?> normalise)
    {
        if (Text(name) is not { } text)
            return null;
        var value = normalise(text);
        if (value is null)
            Fault(name, expected);
        return value;
    }

    public int Int(string name, int fallback, int min, int max) => OptionalInt(name, min, max) ?? fallback;

    public int? OptionalInt(string name, int min, int max) => Parsed<int>(name, min - 1, $"a whole number from {min} to {max}", text =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value : null)
        is var read && read >= min ? read : null;

    public bool Bool(string name, bool fallback) => Parsed(name, fallback, "true or false", text =>
        bool.TryParse(text, out var value) ? value : (bool?)null);

    public IEnumerable<string> Items(string name) => section.GetSection(name).GetChildren().Select(child => $"{name}:{child.Key}");

    /// <summary>Settings that nobody read: a typing error must not pass for a default.</summary>
    public void RefuseUnknown()
    {
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true))
        {
            if (value is not null && key.Length > 0 && !_known.Contains(key))
                _faults.Add($"Relance:{key}: no such setting.");
        }
    }
}
