using Relance.Api;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Tests.Api;

public abstract class An_act_is_done_once(Dialect dialect) : IAsyncLifetime
{
    private readonly MovedClock _real = new(new(2026, 12, 1, 8, 20, 0, TimeSpan.Zero), 0, TimeProvider.System);
    private ApiHost _host = null!;
    private ApiClient _admin = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(dialect, new Clocks(TimeProvider.System, _real));
        _admin = _host.Client();
    }

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer()
    {
        var first = (await MakeAsync("a")).Being(201);
        var second = (await MakeAsync("a", idempotencyKey: "\"k-1\"")).Being(201);
        second.Bytes.ShouldBe(first.Bytes);
        (first.Headers.ContainsKey("Idempotency-Replayed"), second.Headers["Idempotency-Replayed"]).ShouldBe((false, "true"));
        (await CountAsync("a")).ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_too()
    {
        var first = (await MakeAsync("")).BeingProblem(422, "invalid", "name");
        (await MakeAsync("")).BeingProblem(422, "invalid", "name").Bytes.ShouldBe(first.Bytes);
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_refused()
    {
        await MakeAsync("a");
        (await MakeAsync("b")).BeingProblem(422, "invalid", "Idempotency-Key");
        (await CountAsync("b")).ShouldBe(0);
    }

    [Fact]
    public async Task Of_twenty_at_once_one_acts()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => MakeAsync("a")));
        (await CountAsync("a")).ShouldBe(1);
        answers.ShouldAllBe(answer => answer.Status == 201 || answer.Status == 409);
        answers.Where(answer => answer.Status == 201).Select(answer => answer.Text).Distinct().Count().ShouldBe(1);
        answers.FirstOrDefault(answer => answer.Status == 409)?.Headers["Retry-After"].ShouldBe("2");
    }

    [Fact]
    public async Task What_a_dead_service_left_is_never_done_again()
    {
        await MakeAsync("a");
        // As if the process had died between the act and its answer.
        await _host.Database.WriteAsync(s => s.ExecuteAsync("UPDATE idempotency SET status = NULL, body = NULL"));
        (await MakeAsync("a")).BeingProblem(409, "conflict", "Idempotency-Key")["detail"].ShouldContain("still being answered");
        _real.Set(_real.GetUtcNow().AddMinutes(11));
        (await MakeAsync("a")).BeingProblem(409, "conflict", "Idempotency-Key")["detail"].ShouldContain("look at its outcome");
        (await CountAsync("a")).ShouldBe(1);
    }

    [Fact]
    public async Task After_a_day_the_key_is_free()
    {
        await MakeAsync("a");
        _real.Set(_real.GetUtcNow().AddHours(24).AddSeconds(1));
        (await MakeAsync("a")).Being(201).Headers.ContainsKey("Idempotency-Replayed").ShouldBeFalse();
        (await CountAsync("a")).ShouldBe(2);
    }

    [Fact]
    public async Task A_shop_that_failed_may_be_tried_again_under_the_same_key()
    {
        var body = new { url = "http://127.0.0.1:9", key = "ck_1", secret = "cs_1", allowPrivateAddress = true };
        (await _admin.PostAsync("shops", body, "k-1")).BeingProblem(502, "shop-failed");
        (await _admin.PostAsync("shops", body, "k-1")).BeingProblem(502, "shop-failed").Headers.ContainsKey("Idempotency-Replayed").ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_reads_what_is_kept_and_nobody_uses_anothers_key()
    {
        var secret = (await MakeAsync("a"))["secret"];
        (await _host.Database.ReadAsync(s => s.QueryAsync<string>("SELECT body FROM idempotency"))).Single().ShouldNotContain(secret[20..]);
        using var other = _host.ClientAt("127.0.0.1", secret);
        (await other.PostAsync("keys", new { name = "a", scope = "admin" }, "k-1")).Being(201)["secret"].ShouldNotBe(secret);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    public async Task A_key_that_is_none_is_named(string key) => (await MakeAsync("a", key)).BeingProblem(422, "invalid", "Idempotency-Key");

    private Task<ApiAnswer> MakeAsync(string name, string idempotencyKey = "k-1") => _admin.PostAsync("keys", new { name, scope = "admin" }, idempotencyKey);

    private async Task<int> CountAsync(string name) => (await _host.Service<AccessKeys>().ListAsync()).Count(key => key.Name == name);
}

public sealed class An_act_is_done_once_in_SQLite() : An_act_is_done_once(Dialect.Sqlite);

public sealed class An_act_is_done_once_in_PostgreSQL() : An_act_is_done_once(Dialect.Postgres);
