using Npgsql;

namespace Relance.Tests.Servers;

public class Servers_of_the_tests
{
    [Fact]
    public async Task Each_test_gets_an_empty_PostgreSQL_database_of_its_own()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostgresServer.CreateDatabaseAsync()));
        databases.Distinct().Count().ShouldBe(4);
        await using var connection = new NpgsqlConnection(databases[0]);
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'", connection);
        (await count.ExecuteScalarAsync()).ShouldBe(0L);
    }

    [Fact]
    public async Task WireMock_answers_as_scripted_and_remembers_what_it_was_asked()
    {
        using var wireMock = await WireMockServer.StartAsync();
        await wireMock.StubAsync("""{"request":{"method":"GET","url":"/wp-json/"},"response":{"status":503,"headers":{"Retry-After":"7"}}}""");
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(wireMock.Url, "wp-json/"));
        ((int)answer.StatusCode).ShouldBe(503);
        var asked = (await wireMock.RequestsAsync()).ShouldHaveSingleItem();
        asked["url"]!.GetValue<string>().ShouldBe("/wp-json/");
    }
}
