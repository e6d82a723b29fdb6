using System.Text;
using System.Text.RegularExpressions;
using Relance.Tests.Api;

namespace Relance.Tests.BadInput;

/// <summary>Requests as programs get them wrong.</summary>
internal static class ApiCases
{
    private const string Pause = """{"scope":"all","until":"2999-01-01","reason":"x"}""", Json = "application/json";

    public static Family Family { get; } = new("Requests to the API", "Sent with a key of all rights under `/api/v1`; each answer is a problem (RFC 9457), and nothing is written.", RunAsync);

    private sealed record Call(string Method, string Path, byte[]? Body = null, string Type = Json, string? Key = null);

    private static IEnumerable<(string, Call)> Cases => [.. Bodies, .. Fields, .. Queries, .. Headers];

    private static IEnumerable<(string, Call)> Bodies =>
    [
        Post("keys", "no body", ""),
        Post("keys", "blanks", "   "),
        Post("keys", "`null`", "null"),
        Post("keys", "a list", "[]"),
        Post("keys", "a text", "\"x\""),
        Post("keys", "a number", "1"),
        Post("keys", "JSON cut off", """{"name":"a","""),
        Post("keys", "a comma too many", """{"name":"a","scope":"read",}"""),
        Post("keys", "a comment", """{"name":"a"/* x */,"scope":"read"}"""),
        Post("keys", "single quotes", "{'name':'a'}"),
        Post("keys", "two documents", """{"name":"a","scope":"read"} {}"""),
        Post("keys", "a field twice", """{"name":"a","name":"b","scope":"read"}"""),
        Post("keys", "a thousand lists in one another", new string('[', 1000)),
        ("a body that is no UTF-8", new Call("POST", "keys", [0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D])),
        ("a body in UTF-16", new Call("POST", "keys", Encoding.Unicode.GetBytes("""{"name":"a","scope":"read"}"""))),
        ("one byte over 64 KB", new Call("POST", "keys", new byte[65_537])),
        ("a form", new Call("POST", "keys", "name=a&scope=read"u8.ToArray(), "application/x-www-form-urlencoded")),
        ("XML", new Call("POST", "keys", "<key/>"u8.ToArray(), "application/xml")),
        ("no content type", new Call("POST", "keys", """{"name":"a","scope":"read"}"""u8.ToArray(), "")),
    ];

    private static IEnumerable<(string, Call)> Fields =>
    [
        Post("keys", "`name`: missing", """{"scope":"read"}"""),
        Post("keys", "`name`: null", """{"name":null,"scope":"read"}"""),
        Post("keys", "`name`: a number", """{"name":7,"scope":"read"}"""),
        Post("keys", "`name`: empty", """{"name":"","scope":"read"}"""),
        Post("keys", "`scope`: unknown", """{"name":"a","scope":"root"}"""),
        Post("keys", "`scope`: a number", """{"name":"a","scope":2}"""),
        Post("keys", "`expiresAt`: a word", """{"name":"a","scope":"read","expiresAt":"tomorrow"}"""),
        Post("keys", "`expiresAt`: without an offset", """{"name":"a","scope":"read","expiresAt":"2026-31-12T00:00:00"}"""),
        Post("keys", "a field that does not exist", """{"name":"a","scope":"read","color":1}"""),
        Post("pauses", "`until`: 31 February", Pause.Replace("2999-01-01", "2027-02-31", StringComparison.Ordinal)),
        Post("pauses", "`until`: French order", Pause.Replace("2999-01-01", "31/12/2027", StringComparison.Ordinal)),
        Post("pauses", "`until`: an instant", Pause.Replace("2999-01-01", "2027-01-01T00:00:00Z", StringComparison.Ordinal)),
        Post("pauses", "`until`: a number", Pause.Replace("\"2999-01-01\"", "20270101", StringComparison.Ordinal)),
        Post("pauses", "`until`: in the past", Pause.Replace("2999", "1999", StringComparison.Ordinal)),
        Post("pauses", "`until`: a thousand years on", Pause),
        Post("pauses", "`scope`: unknown", Pause.Replace("all", "galaxy", StringComparison.Ordinal)),
        Post("pauses", "`scopeId`: missing", Pause.Replace("all", "client", StringComparison.Ordinal)),
        Post("pauses", "`reason`: 60,000 characters", Pause.Replace("\"x\"", $"\"{new string('x', 60_000)}\"", StringComparison.Ordinal)),
        Post("contracts/nobody/decline", "a contract that is not there", """{"reason":"x"}"""),
        Post("contracts/nobody/mark-paid", "`on`: a word", """{"on":"hier"}"""),
        Post("contracts/nobody/flag", "`on`: a text", """{"flag":"dispute","on":"yes","reason":"x"}"""),
        Post("tasks/nobody/close", "a task that is not there", """{"outcome":"done"}"""),
        Post("tasks/nobody/postpone", "`until`: missing", "{}"),
        Post("shops", "`url`: no address", """{"url":"boutique","key":"ck_1","secret":"cs_1"}"""),
        Post("shops", "`url`: of this machine", """{"url":"https://127.0.0.1","key":"ck_1","secret":"cs_1"}"""),
        Post("shops", "`url`: the cloud's metadata", """{"url":"http://169.254.169.254/","key":"ck_1","secret":"cs_1"}"""),
        Post("shops", "`url`: with a password", """{"url":"https://user:pass@boutique.example","key":"ck_1","secret":"cs_1"}"""),
        Post("shops", "`url`: a file", """{"url":"file:///etc/passwd","key":"ck_1","secret":"cs_1"}"""),
        Post("shops", "`key` and `secret` exchanged", """{"url":"https://boutique.example","key":"cs_1","secret":"ck_1"}"""),
        ("PUT shops/nobody/mode: a shop that is not there", new Call("PUT", "shops/nobody/mode", """{"mode":"redirect"}"""u8.ToArray())),
        ("POST shops/nobody/import: JSON", new Call("POST", "shops/nobody/import", "{}"u8.ToArray())),
    ];

    private static IEnumerable<(string, Call)> Queries =>
    [
        Get("contracts?limit=0"), Get("contracts?limit=201"), Get("contracts?limit=-1"), Get("contracts?limit=ten"), Get("contracts?limit=99999999999"), Get("contracts?limit=10&limit=20"),
        Get("contracts?after=nonsense"), Get("contracts?after=%00"), Get("journal?after=-1"), Get("journal?after=' OR 1=1"), Get("tasks?after=eyJ4Ijox"), Get("messages?after=%F0%9F%92%A9"),
        Get("contracts?standing=happy"), Get("tasks?state=perhaps"), Get("tasks?overdue=maybe"), Get("today?locale=xx"), Get("foresight?days=0"), Get("foresight?days=100000"), Get("journal"),
        Get("contracts/%2e%2e%2fkeys"), Get("shops/nobody"), Get("nonsense"), ("DELETE shops", new Call("DELETE", "shops")), ("PATCH keys", new Call("PATCH", "keys", "{}"u8.ToArray())),
    ];

    private static IEnumerable<(string, Call)> Headers =>
    [
        WithKey("empty", ""), WithKey("of 256 characters", new string('k', 256)), WithKey("with a blank in it", "a b"), WithKey("of quotation marks", "\"\""),
    ];

    private static (string, Call) Post(string path, string name, string body) => ($"POST {path}: {name}", new Call("POST", path, Encoding.UTF8.GetBytes(body)));

    private static (string, Call) Get(string path) => ($"`GET {path}`", new Call("GET", path));

    private static (string, Call) WithKey(string name, string key) => ($"Idempotency-Key: {name}", new Call("POST", "pauses", Encoding.UTF8.GetBytes(Pause), Key: key));

    private static async Task<IReadOnlyList<Answered>> RunAsync()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Client();
        var answered = await Family.EachAsync(Cases, call => AnswerAsync(client, call));
        (await host.Database.ReadAsync(s => s.ValueAsync<long>("SELECT COUNT(*) FROM pause"))).ShouldBe(0);
        return answered;
    }

    private static async Task<string> AnswerAsync(ApiClient client, Call call)
    {
        using var content = call.Body is null ? null : new ByteArrayContent(call.Body);
        if (call.Type.Length > 0)
            content?.Headers.ContentType = new(call.Type);
        var answer = await client.SendAsync(new HttpMethod(call.Method), call.Path, content, call.Key);
        if (answer.Status < 400)
            return $"{answer.Status}";
        answer.Headers["Content-Type"].ShouldStartWith("application/problem+json");
        // Today moves with the calendar; examples of dates stay.
        return $"{answer.Status} {answer["type"]["urn:relance:problem:".Length..]}: {Regex.Replace(answer["detail"], @"a day after \d{4}-\d\d-\d\d", "a day after (today)", RegexOptions.None, TimeSpan.FromSeconds(1))}";
    }
}
