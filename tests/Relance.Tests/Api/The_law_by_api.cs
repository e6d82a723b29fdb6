using Microsoft.AspNetCore.Http.Extensions;
using Relance.Api;
using Relance.Tests.Legal;

namespace Relance.Tests.Api;

public sealed class The_law_by_api : IAsyncLifetime
{
    private ApiHost _host = null!;
    private ApiClient _reader = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _reader = _host.Client(KeyScope.Read);
    }

    public async Task DisposeAsync()
    {
        _reader.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Every_vector_is_answered_as_on_the_command_line()
    {
        foreach (var row in LawQuestion.Every())
        {
            var question = LawQuestion.Of((string)row[0], (string)row[1]);
            var answer = await _reader.GetAsync($"law/{question.Name}{Query(question.Given)}");
            if (question.Expected.TryGetProperty("error", out var error))
                answer.BeingProblem(422, "invalid", "paid")["detail"].ShouldStartWith($"paid: {error.GetString()}");
            else
                question.ShouldBeAnsweredBy(answer.Being(200).Json);
        }
    }

    [Theory]
    [InlineData("notice-window", "term", "expected a day such as 2026-12-31, it is missing")]
    [InlineData("notice-window?term=2026-12-31&notice=P2W&client=consumer", "notice", "expected months or days such as P2M or P90D")]
    [InlineData("notice-window?term=2026-12-31&notice=P2M&client=nobody", "client", "expected one of consumer")]
    [InlineData("notice-window?term=2026-12-31&notice=P2M&client=unknown&termStart=2027-01-01", "termStart", "expected a day up to")]
    [InlineData("late-payment?client=business&principal=12,50&due=2026-05-31&paid=2026-07-20", "principal", "expected euros")]
    [InlineData("late-payment?client=business&principal=12.50&due=2026-05-31&paid=2026-07-20&payment=2026-06-01:1.00&payment=x", "payment", "expected a day and euros")]
    [InlineData("late-payment?client=public&principal=12.50&due=2026-05-31&paid=2026-07-20&formalNotice=2026-06-01", "formalNotice", "expected it for consumers")]
    [InlineData("due-date?invoice=2026-01-10&terms=soon", "terms", "expected default")]
    [InlineData("due-date?invoice=2026-01-10&periodic=perhaps", "periodic", "expected true or false")]
    [InlineData("limitation?client=consumer", "completed", "it is missing")]
    [InlineData("refund?paid=600.00&from=2026-01-01&to=2026-12-31", "ended", "it is missing")]
    public async Task A_problem_names_the_field(string path, string field, string expected) =>
        (await _reader.GetAsync($"law/{path}")).BeingProblem(422, "invalid", field)["detail"].ShouldContain(expected);

    private static Microsoft.AspNetCore.Http.QueryString Query(IEnumerable<(string Field, string Value)> given) => new QueryBuilder(given.Select(g => KeyValuePair.Create(g.Field, g.Value))).ToQueryString();
}
