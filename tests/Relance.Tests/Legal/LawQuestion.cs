using System.Globalization;
using System.Text.Json;
using Relance.Domain.Law;
using Relance.Domain.Tests.Law;

namespace Relance.Tests.Legal;

/// <summary>A vector as a question that the service is asked by name, and what the answer must hold.</summary>
internal sealed record LawQuestion(string Name, IReadOnlyList<(string Field, string Value)> Given, JsonElement Expected)
{
    private static readonly Dictionary<string, (string Name, string[] Inputs)> s_families = new(StringComparer.Ordinal)
    {
        ["noticeWindow"] = ("notice-window", ["term", "notice", "client", "termStart"]),
        ["latePayment"] = ("late-payment", ["client", "principal", "due", "paid", "rate", "formalNotice"]),
        ["contractRate"] = ("late-payment", ["rate"]),
        ["refund"] = ("refund", ["paid", "from", "to", "endedOn"]),
        ["dueDate"] = ("due-date", ["invoice", "terms"]),
        ["limitation"] = ("limitation", ["client", "completed"]),
    };

    /// <summary>Every vector there is, of every family.</summary>
    public static TheoryData<string, string> Every()
    {
        var rows = new TheoryData<string, string>();
        foreach (var family in Vectors.Families)
            foreach (var row in Vectors.Rows(family))
                rows.Add(family, row);
        return rows;
    }

    public static LawQuestion Of(string family, string row)
    {
        var expected = Vectors.Parse(row);
        var (name, inputs) = s_families[family];
        var given = inputs.Where(input => expected.Text(input) is not null).Select(input => (input == "endedOn" ? "ended" : input, expected.Text(input)!)).ToList();
        return new(name, [.. given, .. family == "contractRate" ? InSemester(expected) : []], expected);
    }

    /// <summary>Every field of the vector is in the answer, with the same value.</summary>
    public void ShouldBeAnsweredBy(JsonElement answer)
    {
        // A clause is compared with its floor in each semester of an invoice.
        ShouldHold(Expected, Expected.TryGetProperty("floor", out _) ? answer.GetProperty("segments")[0] : answer, "answer");
        if (Expected.TryGetProperty("error", out _))
            return;
        answer.GetProperty("articles").GetArrayLength().ShouldBeGreaterThan(0);
        answer.GetProperty("working").GetArrayLength().ShouldBeGreaterThan(0);
    }

    // One late day in the semester.
    private static IEnumerable<(string, string)> InSemester(JsonElement expected)
    {
        var start = Semester.Parse(expected.Text("semester")!).Start;
        return [("client", "business"), ("principal", "1000.00"), ("due", Iso(start)), ("paid", Iso(start.AddDays(1)))];
    }

    private void ShouldHold(JsonElement expected, JsonElement actual, string where)
    {
        foreach (var field in expected.EnumerateObject())
        {
            if (!actual.TryGetProperty(field.Name, out var value))
                Given.Select(given => given.Field).ShouldContain(field.Name, $"{where}.{field.Name} is missing");
            else if (field.Value.ValueKind == JsonValueKind.Array)
                field.Value.EnumerateArray().Zip(value.EnumerateArray()).ToList().ForEach(pair => ShouldHold(pair.First, pair.Second, $"{where}.{field.Name}"));
            else if (field.Name == "error")
                value.GetString().ShouldStartWith(field.Value.GetString()!);
            else if (field.Name != "terms")
                (value.ValueKind, value.ToString()).ShouldBe((field.Value.ValueKind, field.Value.ToString()), $"{where}.{field.Name}");
        }
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
