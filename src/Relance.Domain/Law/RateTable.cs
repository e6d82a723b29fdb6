using System.Globalization;
using System.Text.Json;

namespace Relance.Domain.Law;

/// <summary>Which of the two legal rates of a semester applies.</summary>
public enum LegalRateColumn
{
    /// <summary>The creditor is a business ("autres cas").</summary>
    Professionals,
    /// <summary>The creditor is a private individual.</summary>
    Individuals,
}

/// <summary>The rates of one semester, in percent a year.</summary>
/// <param name="Ecb">The ECB's main refinancing rate on its first day.</param>
/// <param name="LegalProfessionals">Legal rate, creditor a business.</param>
/// <param name="LegalIndividuals">Legal rate, creditor a private individual.</param>
/// <param name="Source">Where the figures were read.</param>
/// <param name="RecordedOn">When they were put into the table.</param>
public sealed record SemesterRates(Semester Semester, decimal Ecb, decimal LegalProfessionals, decimal LegalIndividuals, string Source, DateOnly RecordedOn)
{
    private const int PenaltyPoints = 10, PublicPoints = 8, FloorFactor = 3;

    /// <summary>Default penalty between businesses: ECB + 10 points (C. com. L441-10 II).</summary>
    public decimal BusinessDefault => Ecb + PenaltyPoints;

    /// <summary>Default interest of public buyers: ECB + 8 points (CCP R2192-31).</summary>
    public decimal PublicDefault => Ecb + PublicPoints;

    /// <summary>The least that a contract between businesses may set: three times the legal rate.</summary>
    public decimal Floor => FloorFactor * LegalProfessionals;
}

/// <summary>A semester has no row: an error, never an extrapolation. The message names the file and what to add.</summary>
public sealed class RateMissingException(Semester semester)
    : Exception($"semester {semester} is not in the rate table: add it to {RateTable.FileName} in the data folder with {RateTable.Fields}.")
{
    /// <summary>The semester without a row.</summary>
    public Semester Semester { get; } = semester;
}

/// <summary>The published rates, one row a semester.</summary>
public sealed class RateTable
{
    /// <summary>The data file: shipped within the program, completed by one of this name in the data folder.</summary>
    public const string FileName = "rates.json";

    /// <summary>What a row of the file holds besides its semester.</summary>
    public const string Fields = "ecb, legalProfessionals, legalIndividuals, source and recordedOn";

    private readonly Dictionary<Semester, SemesterRates> _rows;

    private RateTable(IEnumerable<SemesterRates> rows) => _rows = rows.ToDictionary(row => row.Semester);

    /// <summary>The table shipped with this version.</summary>
    public static RateTable Shipped { get; } = Load();

    /// <summary>Every row, the oldest first.</summary>
    public IReadOnlyList<SemesterRates> Rows => [.. _rows.Values.OrderBy(row => row.Semester)];

    /// <summary>The rates of a semester.</summary>
    /// <exception cref="RateMissingException">It is not in the table.</exception>
    public SemesterRates this[Semester semester] => _rows.TryGetValue(semester, out var row) ? row : throw new RateMissingException(semester);

    /// <summary>The semester that is missing on a day or will be within thirty days; null when the table is complete.</summary>
    public Semester? MissingSoon(DateOnly today) => new[] { Semester.Of(today), Semester.Of(today.AddDays(30)) }
        .Where(semester => !_rows.ContainsKey(semester)).Select(semester => (Semester?)semester).FirstOrDefault();

    /// <summary>This table with the rows of another, which win where both have a semester.</summary>
    public RateTable With(RateTable more) => new(more._rows.Values.Concat(_rows.Values).DistinctBy(row => row.Semester));

    /// <summary>What to say from thirty days before a semester begins without its row; null when the table is complete.</summary>
    public string? Warning(DateOnly today) => MissingSoon(today) is { } semester
        ? $"semester {semester} begins on {semester.Start:yyyy-MM-dd} without its rates: interest from then on cannot be computed. Add it to {FileName} in the data folder with {Fields}."
        : null;

    /// <summary>Reads a table.</summary>
    /// <exception cref="FormatException">A row that cannot be read, twice the same semester, or a rate outside -5 to 40 percent; the message names it.</exception>
    public static RateTable Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var rows = document.RootElement.GetProperty("rates").EnumerateArray().Select(Row).ToList();
            return rows.GroupBy(row => row.Semester).FirstOrDefault(same => same.Count() > 1) is { } twice
                ? throw new FormatException($"rates: semester {twice.Key} is there twice.")
                : new RateTable(rows);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"rates: {e.Message}", e);
        }
    }

    private static RateTable Load()
    {
        using var stream = typeof(RateTable).Assembly.GetManifestResourceStream("Relance.Domain.Law.rates.json")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    private static SemesterRates Row(JsonElement row)
    {
        var semester = Semester.Parse(row.TryGetProperty("semester", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : "");
        return new SemesterRates(semester, Rate("ecb"), Rate("legalProfessionals"), Rate("legalIndividuals"), Text("source"), Day("recordedOn"));

        string Text(string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw Expected(name, "a text", "nothing");

        decimal Rate(string name) => decimal.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is >= -5 and <= 40
            ? rate
            : throw Expected(name, "percent a year such as \"2.15\"", Text(name));

        DateOnly Day(string name) => DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Expected(name, "a day such as 2026-12-28", Text(name));

        FormatException Expected(string name, string what, string got) => new($"rates: {semester}.{name}: expected {what}, got '{got}'.");
    }
}
