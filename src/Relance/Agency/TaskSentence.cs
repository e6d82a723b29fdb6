using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Relance.Agency;

/// <summary>
/// What a task says, in English: a sentence and its facts, stored apart so that <see cref="TaskTexts"/> tells it in the reader's language. An interpolated string becomes one by itself.
/// </summary>
[InterpolatedStringHandler]
public sealed class TaskSentence
{
    private readonly StringBuilder _pattern = new();
    private readonly List<string> _facts = [];

    /// <summary>What the compiler calls for an interpolated string.</summary>
    public TaskSentence(int literalLength, int formattedCount) => (_pattern.Capacity, _facts.Capacity) = (literalLength + (3 * formattedCount), formattedCount);

    /// <summary>A sentence without facts.</summary>
    public static implicit operator TaskSentence(string text) => FromString(text);

    /// <summary>A sentence without facts.</summary>
    public static TaskSentence FromString(string text)
    {
        var sentence = new TaskSentence(text.Length, 0);
        sentence.AppendLiteral(text);
        return sentence;
    }

    /// <summary>Fixed words.</summary>
    public void AppendLiteral(string value) => _pattern.Append(value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    /// <summary>A fact, without secrets.</summary>
    public void AppendFormatted<T>(T value, string? format = null)
    {
        _pattern.Append('{').Append(_facts.Count).Append('}');
        _facts.Add(value is IFormattable fact ? fact.ToString(format, System.Globalization.CultureInfo.InvariantCulture) : value?.ToString() ?? "");
    }

    /// <summary>In English.</summary>
    public override string ToString() => TaskTexts.Fill(_pattern.ToString(), [.. _facts]);

    /// <summary>As a task's row holds it: the English sentence, its pattern and its facts.</summary>
    public string ToJson()
    {
        var (pattern, facts) = (_pattern.ToString(), _facts.ToArray());
        return JsonSerializer.Serialize(new Dictionary<string, object> { ["about"] = TaskTexts.Fill(pattern, facts), ["says"] = pattern, ["facts"] = facts });
    }
}
