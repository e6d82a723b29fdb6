using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Relance.Evidence;

/// <summary>What a dossier is made of: names, and how its JSON is written.</summary>
internal static partial class DossierFormat
{
    public const int Version = 1;
    public const string Sums = "SHA256SUMS";
    public const string Facts = "dossier.json";
    public const string Journal = "journal.jsonl";
    public const string Answers = "answers.json";
    public const string Law = "law.json";
    public const string Index = "index.html";
    public const string Pdf = "index.pdf";
    public const string Note = "VERIFY.txt";

    /// <summary>One document a line: the journal.</summary>
    public static JsonSerializerOptions Line { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>Documents for people too.</summary>
    public static JsonSerializerOptions Document { get; } = new(Line) { WriteIndented = true };

    /// <summary>A name that no archive tool can take for another place: one folder at most, plain letters.</summary>
    public static bool IsSafe(string name) => SafeName().IsMatch(name);

    [GeneratedRegex(@"^([A-Za-z0-9][A-Za-z0-9_-]*/)?[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SafeName();
}

/// <summary>A line of the journal in a dossier: an entry of this contract in clear, or of others by its digest alone.</summary>
/// <param name="At">Business instant, milliseconds UTC.</param>
/// <param name="Entry">The entry's JSON, as text: the hash covers these very characters.</param>
/// <param name="Content">SHA-256 of a file of the dossier.</param>
/// <param name="Prev">The hash of the entry before.</param>
/// <param name="Digest">Of an entry that is not this contract's; absent as well where it was written before digests were.</param>
internal sealed record JournalLine(
    long Seq, string? Shop = null, long? At = null, string? Kind = null, string? Subject = null, string? Entry = null, string? Content = null, string? Prev = null, string? Digest = null, string Hash = "");
