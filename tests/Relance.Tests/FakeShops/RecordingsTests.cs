using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Relance.Demo.Shop;
using Xunit.Abstractions;

namespace Relance.Tests.FakeShops;

public sealed class RecordingsTests(ITestOutputHelper output)
{
    /// <summary>What is not replayed here, and why.</summary>
    private static readonly Dictionary<string, string> LeftOut = new(StringComparer.Ordinal)
    {
        ["071"] = "which delivery addresses WordPress refuses: the fake calls any, it serves development",
        ["100"] = "ping: WebhookTests",
        ["101"] = "ping: WebhookTests",
        ["150"] = "coalescing: WebhookTests",
        ["151"] = "delivery ids: WebhookTests",
        ["152"] = "failures: WebhookTests",
        ["155"] = "failures: WebhookTests",
        ["156"] = "receiver's statuses: WebhookTests",
        ["157"] = "failures: WebhookTests",
        ["158"] = "a measurement of WP-Cron's delay",
        ["159"] = "a measurement of the delivery rate",
        ["173"] = "modified_after: FilterTests",
        ["174"] = "trash in lists: FilterTests",
        ["202"] = "the shopper's checkout API, which Relance never calls",
        ["332"] = "the shopper's checkout API, which Relance never calls",
        ["340"] = "key hand-over in a browser, which Relance does not use yet",
    };

    private static readonly string[] Unstable = ["Host", "Date", "Connection", "Transfer-Encoding", "Content-Length"];

    private static readonly string[] Ruled =
    [
        "code", "message", "status", "total", "total_tax", "cart_tax", "created_via", "needs_payment", "is_editable", "needs_processing", "payment_method",
        "customer_id", "number", "parent_id", "requires_manual_renewal", "suspension_count", "billing_period", "billing_interval", "next_payment_date_gmt",
        "start_date_gmt", "end_date_gmt", "cancelled_date_gmt", "trial_end_date_gmt", "last_payment_date_gmt", "date_modified_gmt", "date_paid_gmt", "date_completed_gmt",
        "topic", "resource", "event", "note", "customer_note", "author", "amount", "reason", "sku", "price", "type", "email", "is_paying_customer", "timezone_string",
    ];

    [Fact]
    public async Task The_fake_answers_every_recorded_request_as_the_real_shop_did()
    {
        var differences = new List<string>();
        var (answers, deliveries) = (0, 0);
        await using var lab = await Lab.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var steps = Recording.All().Where(r => !LeftOut.ContainsKey(r.Number)).OrderBy(Order).ThenBy(r => r.Name, StringComparer.Ordinal);
        foreach (var group in steps.GroupBy(r => r.IsDelivery ? r.Name.Split("__")[0] : r.Name))
        {
            var first = group.First();
            if (first.IsRequest)
            {
                Clock(lab, first);
            }

            await lab.PrepareAsync(first);
            differences.AddRange(first.IsDelivery ? await DeliveredAsync(lab, [.. group]) : await AnsweredAsync(lab, http, first));
            _ = first.IsDelivery ? deliveries += group.Count() : answers++;
        }

        output.WriteLine($"{answers} answers and {deliveries} deliveries of {Recording.All().Count} recordings compared; left out:");
        output.WriteLine(string.Join('\n', LeftOut.Select(l => $"  {l.Key}: {l.Value}")));
        differences.ShouldBeEmpty(string.Join('\n', differences));
        (answers + deliveries).ShouldBe(Recording.All().Count(r => !LeftOut.ContainsKey(r.Number)));
    }

    private static void Clock(Lab lab, Recording recording) =>
        lab.Shop.AdvanceTo(DateTimeOffset.Parse(recording.Header("Date")!, CultureInfo.InvariantCulture));

    private static async Task<IEnumerable<string>> AnsweredAsync(Lab lab, HttpClient http, Recording recording)
    {
        using var response = await http.SendAsync(recording.ToRequest(lab.Shop.Url, lab.Receiver.Url));
        var text = await response.Content.ReadAsStringAsync();
        var problems = new List<string>();
        if ((int)response.StatusCode != recording.Status)
        {
            problems.Add($"status {(int)response.StatusCode}, recorded {recording.Status}: {text[..Math.Min(300, text.Length)]}");
        }

        problems.AddRange(Headers(recording, response));
        problems.AddRange(Body(recording, text));
        return problems.Select(p => $"{recording.Name}: {p}");
    }

    private static IEnumerable<string> Headers(Recording recording, HttpResponseMessage response)
    {
        var ours = response.Headers.Concat(response.Content.Headers).SelectMany(h => h.Value.Select(v => (h.Key, Value: v))).Where(h => !Unstable.Contains(h.Key)).ToList();
        var theirs = recording.Headers.Where(h => !Unstable.Contains(h.Name)).ToList();
        // WordPress's own error pages carry headers that depend on the web server.
        if (recording.Status < 500)
        {
            foreach (var name in theirs.Select(h => h.Name).Except(ours.Select(h => h.Key), StringComparer.OrdinalIgnoreCase))
            {
                yield return $"header {name} is missing";
            }

            foreach (var name in ours.Select(h => h.Key).Except(theirs.Select(h => h.Name), StringComparer.OrdinalIgnoreCase))
            {
                yield return $"header {name} is not in the recording";
            }
        }

        foreach (var name in (string[])["Content-Type", "Allow", "X-WP-Total", "X-WP-TotalPages", "Link", "Location", "Retry-After"])
        {
            var (mine, real) = (Values(ours, name), Values(theirs, name));
            if (mine != real && !(real == "1024" && name.StartsWith("X-WP", StringComparison.Ordinal)) && (recording.Status < 500 || name == "Retry-After"))
            {
                yield return $"header {name} is '{mine}', recorded '{real}'";
            }
        }
    }

    private static IEnumerable<string> Body(Recording recording, string text)
    {
        if (recording.Response["body"] is JsonValue)
        {
            // HTML, a PHP warning before the JSON, or nothing.
            var start = recording.Response["body"]!.GetValue<string>().TrimStart();
            return text.TrimStart().StartsWith(start[..Math.Min(9, start.Length)], StringComparison.Ordinal) ? [] : [$"body begins '{text[..Math.Min(40, text.Length)]}'"];
        }

        // 119f: the recorder noted the length of the note that it had sent.
        _ = recording.Number == "119f" && ((JsonObject)recording.Response["body"]!).Remove("note");
        var ours = JsonNode.Parse(text.TrimStart('\uFEFF'));
        return [.. ShapeDiff.Of(recording.Response["body"], ours, "$", recording.Trimmed), .. Same(recording.Response["body"], ours)];
    }

    // Values that follow from the shop's rules alone; dates, keys and counted ids differ by nature.
    private static IEnumerable<string> Same(JsonNode? recorded, JsonNode? ours) =>
        from name in recorded is JsonObject a && ours is JsonObject ? Ruled.Where(a.ContainsKey) : []
        let mine = ours![name]?.ToJsonString()
        let real = recorded![name]?.ToJsonString()
        where mine != real
        select $"$.{name} is {mine}, recorded {real}";

    private static async Task<IEnumerable<string>> DeliveredAsync(Lab lab, IReadOnlyList<Recording> group)
    {
        await lab.Shop.DrainWebhooksAsync(early: true);
        var came = lab.Receiver.Empty().Where(r => r.Topic.Length > 0).ToList();
        var name = group[0].Name.Split("__")[0];
        var problems = new List<string>();
        var (real, mine) = (Topics(group.Select(g => g.Header("X-WC-Webhook-Topic")!)), Topics(came.Select(c => c.Topic)));
        if (real != mine)
        {
            problems.Add($"{name}: topics {mine}, recorded {real}");
        }

        foreach (var recorded in group)
        {
            var same = came.Where(c => c.Topic == recorded.Header("X-WC-Webhook-Topic")).ToList();
            var best = same.Select(c => Compare(recorded, c).ToList()).MinBy(p => p.Count);
            problems.AddRange((best ?? ["did not come"]).Select(p => $"{recorded.Name}: {p}"));
        }

        return problems;
    }

    private static IEnumerable<string> Compare(Recording recorded, Received ours)
    {
        var names = recorded.Headers.Select(h => h.Name).Order(StringComparer.OrdinalIgnoreCase).ToList();
        if (!names.SequenceEqual(ours.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase))
        {
            yield return $"headers {string.Join(' ', ours.Headers.Keys)}";
        }

        if (new Webhook([], Lab.Secret).Sign(ours.Body) != ours.Headers["X-WC-Webhook-Signature"])
        {
            yield return "the signature does not verify";
        }

        foreach (var difference in ShapeDiff.Of(JsonNode.Parse(recorded.DeliveredBody), JsonNode.Parse(Encoding.UTF8.GetString(ours.Body)), "$", part: false))
        {
            yield return difference;
        }
    }

    // Deliveries follow the change that caused them; a nonce is used before it is used again.
    private static double Order(Recording recording)
    {
        var number = double.Parse(Regex.Match(recording.Number, @"^\d+").Value, CultureInfo.InvariantCulture);
        return recording.Number switch
        {
            "120" => 110.5,
            "121" => 114.5,
            "122" => 115.5,
            "123" => 116.5,
            "048" => 48.5,
            _ when recording.IsDelivery => number + 0.5,
            _ => number,
        };
    }

    private static string Topics(IEnumerable<string> topics) => string.Join(' ', topics.Order(StringComparer.Ordinal));

    private static string Values(IEnumerable<(string Name, string Value)> headers, string name) =>
        string.Join(", ", headers.Where(h => string.Equals(h.Name, name, StringComparison.OrdinalIgnoreCase)).Select(h => Shape(name, h.Value)));

    // Ids differ where the laboratory made things that were not recorded.
    private static string Shape(string name, string value) => name is "Location" ? Regex.Replace(Uri.UnescapeDataString(value), @"\d+", "N") : value;
}
