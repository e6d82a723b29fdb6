using System.Text;
using Relance.Bounces;
using Relance.Storage;
using Relance.Tests.Bounces;

namespace Relance.Tests.BadInput;

/// <summary>Requests to <c>POST /inbound/mail</c>.</summary>
internal static class InboundCases
{
    public static Family Family { get; } = new("Mail by HTTP", "Requests to `/inbound/mail`.", RunAsync);

    private static IEnumerable<(string, (string Method, string? Authorization, byte[] Body))> Cases =>
    [
        ("without authorization", ("POST", null, [1])),
        ("a wrong secret", ("POST", "Bearer wrong", [1])),
        ("the secret without its scheme", ("POST", BounceWorld.Secret, [1])),
        ("another scheme", ("POST", "Digest " + BounceWorld.Secret, [1])),
        ("Basic with the secret as user", ("POST", Basic(BounceWorld.Secret + ":"), [1])),
        ("Basic that is no base64", ("POST", "Basic %%%", [1])),
        ("Basic without a colon", ("POST", Basic(BounceWorld.Secret), [1])),
        ("the secret in the address", ("POST?secret=" + BounceWorld.Secret, null, [1])),
        ("GET", ("GET", "Bearer " + BounceWorld.Secret, [])),
        ("an empty mail", ("POST", "Bearer " + BounceWorld.Secret, [])),
        ("a mail over ten mebibytes", ("POST", "Bearer " + BounceWorld.Secret, new byte[InboundMail.Longest + 1])),
        ("a mail that is no mail", ("POST", "Bearer " + BounceWorld.Secret, [1])),
    ];

    private static async Task<IReadOnlyList<Answered>> RunAsync()
    {
        await using var world = await BounceWorld.StartAsync(Dialect.Sqlite);
        using var http = new HttpClient { BaseAddress = world.Url };
        return await Family.EachAsync(Cases, async input =>
        {
            using var request = new HttpRequestMessage(new HttpMethod(input.Method.Split('?')[0]), "inbound/mail" + (input.Method.Contains('?') ? input.Method[4..] : ""));
            if (input.Method != "GET")
                request.Content = new ByteArrayContent(input.Body);
            if (input.Authorization is { } authorization)
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var answer = await http.SendAsync(request);
            var detail = await answer.Content.ReadAsStringAsync();
            var stored = await world.ListAsync("SELECT state FROM inbound_mail");
            return $"{(int)answer.StatusCode}{(detail.Length > 0 ? $" « {System.Text.Json.Nodes.JsonNode.Parse(detail)?["detail"]} »" : "")}, {(stored.Count == 0 ? "nothing stored" : $"stored, {stored[0]}")}";
        });
    }

    private static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
}
