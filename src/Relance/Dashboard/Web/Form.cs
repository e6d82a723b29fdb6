using System.Globalization;
using Relance.Agency;

namespace Relance.Dashboard;

/// <summary>What a form shows: what was typed, and what was wrong with it.</summary>
public sealed class Form
{
    private readonly Dictionary<string, string> _values;

    private Form(Dictionary<string, string> values, RefusedException? refused) => (_values, Refused) = (values, refused);

    /// <summary>Why it was refused, if it was.</summary>
    public RefusedException? Refused { get; }

    /// <summary>A form with these values.</summary>
    public static Form With(params (string Name, string? Value)[] values) => new(values.ToDictionary(v => v.Name, v => v.Value ?? "", StringComparer.Ordinal), null);

    /// <summary>The form that was sent; it was checked for forgery before.</summary>
    public static async Task<Form> ReadAsync(HttpContext http, CancellationToken ct)
    {
        var sent = await http.Request.ReadFormAsync(ct);
        return new(sent.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal), null);
    }

    /// <summary>The same, refused.</summary>
    public Form Because(RefusedException refused) => new(_values, refused);

    /// <summary>A field's value; empty when it has none.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "").Trim();

    /// <summary>A field as it was typed, for passwords.</summary>
    public string Raw(string name) => _values.GetValueOrDefault(name, "");

    /// <summary>A field's value; null when it is empty.</summary>
    public string? Optional(string name) => this[name] is { Length: > 0 } text ? text : null;

    /// <summary>Whether a box is ticked.</summary>
    public bool Has(string name) => this[name] is "on" or "true";

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? FaultOf(string name) => Refused is { } refused && refused.Field == name ? Refusals.Sentence(refused) : null;

    /// <summary>A date.</summary>
    /// <exception cref="RefusedException">It is none.</exception>
    public DateOnly Date(string name) => DateOnly.TryParseExact(this[name], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date
        : throw RefusedException.Invalid(name, Words.Say("une date", "a date"));
}
