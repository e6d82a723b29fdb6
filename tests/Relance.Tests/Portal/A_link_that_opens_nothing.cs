using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Relance.Operations;
using Relance.Operations.Observing;
using Relance.Portal;
using Relance.Storage;

namespace Relance.Tests.Portal;

/// <summary>Guessed, changed, expired, for something else: all refused alike.</summary>
public abstract class A_link_that_opens_nothing(Dialect dialect) : PortalTests(dialect)
{
    [Fact]
    public async Task Is_refused_alike_whatever_the_reason_by_GET_and_POST()
    {
        var (refuse, _) = await NoticeAsync();
        var token = refuse.Segments[^1];
        var secrets = Of<Secrets>();
        string[] wrong =
        [
            "", "x", new string('A', token.Length), token[..^1], token + "A", token + ".", token + "/", token + "/x", token.ToUpperInvariant(), secrets.Protect($"r.{ContractId}.1.800000"),
            secrets.For("Relance.Portal.Form.v1").Protect("1|2"), Sealed($"r.{Values.NewId()}.1.800000"), Sealed($"x.{ContractId}.1.800000"), Sealed($"r.{ContractId}.1"), Sealed($"r.{ContractId}.1.99999999999"), Sealed(""), "%20x", new string('a', 3000),
        ];
        var first = await GetAsync(new Uri(refuse, "/c/first"));
        first.Status.ShouldBe(HttpStatusCode.NotFound);
        first.Text.ShouldContain("Ce lien n’ouvre rien");
        foreach (var text in wrong)
        {
            Elsewhere();
            Same(await GetAsync(new Uri(refuse, "/c/" + text)), first, text);
            Elsewhere();
            Same(await PostAsync(new Uri(refuse, "/c/" + text), ("confirm", "yes")), first, text);
        }
    }

    [Fact]
    public async Task One_changed_character_anywhere_is_enough()
    {
        var (refuse, _) = await NoticeAsync();
        var token = refuse.Segments[^1];
        var first = await GetAsync(new Uri(refuse, "/c/first"));
        for (var i = 0; i < token.Length; i++)
        {
            Elsewhere();
            var changed = string.Concat(token.AsSpan(0, i), token[i] == 'B' ? "C" : "B", token.AsSpan(i + 1));
            Same(await GetAsync(new Uri(refuse, "/c/" + changed)), first, $"character {i}");
        }

        (await GetAsync(refuse)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Opens_until_thirty_days_after_the_term_and_not_a_day_longer()
    {
        var (refuse, _) = await NoticeAsync();
        await World.PlayAsync(End);
        World.Go(End.AddDays(30), 23, 59);
        (await GetAsync(refuse)).Status.ShouldBe(HttpStatusCode.OK);
        World.Go(End.AddDays(31), 0, 1);
        Same(await GetAsync(refuse), await GetAsync(new Uri(refuse, "/c/first")), "expired");
        Same(await PostAsync(refuse, ("confirm", "yes")), await GetAsync(new Uri(refuse, "/c/first")), "expired");
    }

    [Fact]
    public async Task A_new_key_leaves_links_open_and_a_revoked_one_closes_them()
    {
        var (refuse, _) = await NoticeAsync();
        var (keys, now) = (Of<IKeyManager>(), TimeProvider.System.GetUtcNow());
        keys.CreateNewKey(now, now.AddDays(90));
        (await GetAsync(refuse)).Status.ShouldBe(HttpStatusCode.OK);
        keys.RevokeAllKeys(now.AddMinutes(1), "stolen");
        // The framework takes the change over behind the request that meets it.
        for (var i = 0; i < 100 && (await GetAsync(refuse)).Status == HttpStatusCode.OK; i++)
            await Task.Delay(50);
        Elsewhere();
        Same(await GetAsync(refuse), await GetAsync(new Uri(refuse, "/c/first")), "revoked");
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_a_right_link_is_not()
    {
        var (refuse, _) = await NoticeAsync();
        for (var i = 0; i < PortalGuard.PerMinute; i++)
            (await GetAsync(new Uri(refuse, $"/c/guess{i}"))).Status.ShouldBe(HttpStatusCode.NotFound);
        var slowed = await GetAsync(new Uri(refuse, "/c/guess"));
        (slowed.Status, slowed.Headers["Retry-After"]).ShouldBe((HttpStatusCode.TooManyRequests, "60"));
        (await GetAsync(refuse)).Status.ShouldBe(HttpStatusCode.OK);
        (await ConfirmAsync(refuse)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task The_time_it_takes_tells_nothing_either()
    {
        var (refuse, _) = await NoticeAsync();
        var token = refuse.Segments[^1];
        await GetAsync(new Uri(refuse, "/c/warm"));
        string[] texts = ["x", token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), Sealed($"r.{ContractId}.1.700000"), Sealed($"r.{Values.NewId()}.1.800000")];
        var times = texts.ToDictionary(text => text, _ => new List<double>());
        // In turns: what else the machine does falls on all alike.
        for (var round = 0; round < 21; round++)
        {
            foreach (var text in texts)
                times[text].Add(await TimeAsync(new Uri(refuse, "/c/" + text)));
        }

        var fastest = times.Values.Select(all => all.Min()).ToList();
        (fastest.Max() / fastest.Min()).ShouldBeLessThan(10);
    }

    [Fact]
    public async Task The_log_does_not_keep_a_link()
    {
        var (refuse, _) = await NoticeAsync();
        Redaction.Of($"Request starting HTTP/1.1 GET {refuse} - -").ShouldBe($"Request starting HTTP/1.1 GET {new Uri(refuse, "/c/")}… - -");
        Redaction.Of($"token {refuse.Segments[^1]}").ShouldBe("token CfDJ8…");
    }

    private string Sealed(string text) => Of<Secrets>().For("Relance.Portal.Link.v1").Protect(text);

    private async Task<double> TimeAsync(Uri link)
    {
        Elsewhere();
        var start = Stopwatch.GetTimestamp();
        await GetAsync(link);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Same(Answer answer, Answer first, string why)
    {
        answer.Status.ShouldBe(first.Status, why);
        answer.Html.ShouldBe(first.Html, why);
        answer.Headers.Where(header => header.Key != "Date").ShouldBe(first.Headers.Where(header => header.Key != "Date"), why);
    }
}

public sealed class A_link_that_opens_nothing_on_sqlite() : A_link_that_opens_nothing(Dialect.Sqlite);

public sealed class A_link_that_opens_nothing_on_postgres() : A_link_that_opens_nothing(Dialect.Postgres);
