using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Relance.Bounces;
using Relance.Storage;
using Relance.Tests.Cli;

namespace Relance.Tests.Bounces;

/// <summary>How a mail server hands over what came back.</summary>
public sealed class Ways_in
{
    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer wrong", 401)]
    [InlineData("Bearer", 401)]
    [InlineData("Basic ???", 401)]
    [InlineData("Basic cG9zdGZpeA==", 401)]
    [InlineData("Bearer " + BounceWorld.Secret, 202)]
    [InlineData("bearer " + BounceWorld.Secret, 202)]
    public async Task Posting_needs_the_secret(string? authorization, int status)
    {
        await using var world = await BounceWorld.StartAsync(Dialect.Sqlite);
        (await PostAsync(world, Samples.Bytes("answer"), authorization)).ShouldBe((HttpStatusCode)status);
        (await world.ListAsync("SELECT state FROM inbound_mail")).Count.ShouldBe(status == 202 ? 1 : 0);
    }

    [Fact]
    public async Task Posting_takes_basic_authentication_and_refuses_what_is_too_long_or_nothing()
    {
        await using var world = await BounceWorld.StartAsync(Dialect.Sqlite);
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("postfix:" + BounceWorld.Secret));
        (await PostAsync(world, Samples.Bytes("answer"), basic)).ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(world, [], basic)).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(world, new byte[InboundMail.Longest + 1], basic)).ShouldBe(HttpStatusCode.BadRequest);
        (await world.ListAsync("SELECT state FROM inbound_mail")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Posting_is_off_until_a_secret_is_set()
    {
        await using var world = await BounceWorld.StartAsync(Dialect.Sqlite, "live", "Bounces:InboundSecret=");
        (await PostAsync(world, Samples.Bytes("answer"), "Bearer ")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_command_line_answers_as_a_mail_server_expects()
    {
        using var relance = new RelanceProcess();
        var dsn = Samples.Text("qmail");
        var taken = await relance.RunAsync(dsn, "inbound");
        taken.ShouldBe(new Answer(0, "", ""));
        (await relance.RunAsync(dsn, "inbound", "--json")).Output.ShouldContain("\"unmatched\"");
        (await relance.RunAsync("", "inbound")).Code.ShouldBe(65);
        (await relance.RunAsync(dsn, "inbound", "--set", "Smtp:Port=x")).ShouldSatisfyAllConditions(answer => answer.Code.ShouldBe(75), answer => answer.Error.ShouldContain("Smtp:Port"));
        (await relance.RunAsync(dsn, "inbound", "--set", "Database=Host=127.0.0.1;Port=1;Username=u;Password=p;Timeout=3")).Code.ShouldBe(75);

        var list = await relance.RunAsync(null, "inbound", "list", "--json");
        var id = System.Text.Json.Nodes.JsonNode.Parse(list.Output)!.AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<string>();
        (await relance.RunAsync(null, "inbound", "show", id)).Output.ShouldBe(dsn);
        (await relance.RunAsync(null, "inbound", "show", "nothing")).Code.ShouldBe(2);
    }

    private static async Task<HttpStatusCode> PostAsync(BounceWorld world, byte[] mail, string? authorization)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Url, "inbound/mail")) { Content = new ByteArrayContent(mail) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("message/rfc822");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
