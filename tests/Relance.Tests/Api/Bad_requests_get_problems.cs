namespace Relance.Tests.Api;

public sealed class Bad_requests_get_problems : IAsyncLifetime
{
    private ApiHost _host = null!;
    private ApiClient _admin = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _admin = _host.Client();
    }

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("", 400, "bad-json", "body", "one JSON document")]
    [InlineData("{", 400, "bad-json", null, "line 1, byte 2")]
    [InlineData("{\"name\":\"a\",\n  nonsense}", 400, "bad-json", null, "line 2, byte 3")]
    [InlineData("{\"name\":\"a\",\"scope\":\"read\"} {}", 400, "bad-json", null, "one JSON document")]
    [InlineData("null", 400, "bad-json", "body", "one JSON document")]
    [InlineData("[]", 422, "invalid", "body", "an object")]
    [InlineData("{\"name\":7,\"scope\":\"read\"}", 422, "invalid", "name", "a text")]
    [InlineData("{\"name\":null,\"scope\":\"read\"}", 422, "invalid", "name", "a text")]
    [InlineData("{\"name\":\"a\",\"scope\":\"all\"}", 422, "invalid", "scope", "one of read, act, admin")]
    [InlineData("{\"name\":\"a\",\"scope\":2}", 422, "invalid", "scope", "one of read, act, admin")]
    [InlineData("{\"scope\":\"read\"}", 422, "invalid", "name", "missing")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\",\"scope\":\"read\"}", 422, "invalid", "name", "once")]
    [InlineData("{\"name\":\"a\",\"scope\":\"read\",\"Color\":1}", 422, "invalid", "Color", "there is no such field")]
    [InlineData("{\"name\":\"a\",\"scope\":\"read\",\"expiresAt\":\"tomorrow\"}", 422, "invalid", "expiresAt", "an instant such as")]
    public async Task The_problem_names_where_and_what_was_expected(string body, int status, string kind, string? field, string expected)
    {
        var problem = (await _admin.PostTextAsync("keys", body)).BeingProblem(status, kind, field);
        problem["detail"].ShouldContain(expected);
        problem.Text.ShouldNotContain("Relance.");
        problem.Text.ShouldNotContain("System.");
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_json_is_refused()
    {
        (await _admin.PostTextAsync("keys", new string(' ', 70_000))).BeingProblem(413, "too-large", "body")["detail"].ShouldContain("65536");
        (await _admin.PostTextAsync("keys", "name=a", "application/x-www-form-urlencoded")).BeingProblem(415, "wrong-content-type", "Content-Type")["detail"].ShouldContain("application/json");
        (await _admin.PostTextAsync("shops/nobody/import", "{}")).BeingProblem(415, "wrong-content-type", "Content-Type")["detail"].ShouldContain("text/csv");
    }

    [Fact]
    public async Task What_is_not_there_is_a_problem_too()
    {
        (await _admin.GetAsync("shops/nobody")).BeingProblem(404, "not-found", "id");
        (await _admin.GetAsync("nonsense")).BeingProblem(404, "not-found");
        (await _admin.DeleteAsync("shops")).BeingProblem(405, "wrong-method")["detail"].ShouldContain("GET");
    }

    [Fact]
    public async Task A_shop_that_cannot_be_linked_says_why()
    {
        (await _admin.PostAsync("shops", new { url = "https://10.0.0.1", key = "ck_1", secret = "cs_1" })).BeingProblem(422, "invalid", "url");
        (await _admin.PostAsync("shops", new { url = "https://a.example", key = "cs_1", secret = "ck_1" })).BeingProblem(422, "invalid", "key");
        (await _admin.PostAsync("shops", new { url = "http://127.0.0.1:9", key = "ck_1", secret = "cs_1", allowPrivateAddress = true })).BeingProblem(502, "shop-failed");
    }

    [Fact]
    public async Task Every_answer_is_private_and_nothing_may_frame_or_sniff_it()
    {
        var headers = (await _admin.GetAsync("shops")).Headers;
        (headers["Cache-Control"], headers["X-Content-Type-Options"]).ShouldBe(("no-store", "nosniff"));
        headers["Content-Security-Policy"].ShouldBe("default-src 'none'; frame-ancestors 'none'");
        headers.ContainsKey("Server").ShouldBeFalse();
    }
}
