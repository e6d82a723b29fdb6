using System.Text;

namespace Relance.Channels.Email.Mime;

/// <summary>Text that may stand in a header. It has no control character, hence no line break: no header can be injected through it.</summary>
internal readonly record struct HeaderText
{
    private HeaderText(string value) => Value = value;

    public string Value { get; }

    /// <summary>Refuses control characters; composes accents (NFC).</summary>
    /// <exception cref="FormatException">Names the field.</exception>
    public static HeaderText Of(string field, string value)
    {
        foreach (var c in value)
            if (char.IsControl(c))
                throw new FormatException($"{field}: expected text on one line, found the control character U+{(int)c:X4}.");
        if (!value.IsNormalized(NormalizationForm.FormC))
            value = value.Normalize(NormalizationForm.FormC);
        return new(value);
    }

    public override string ToString() => Value;
}
