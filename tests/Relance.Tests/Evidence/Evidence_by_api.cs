using System.Net;
using System.Text;
using Relance.Api;
using Relance.Storage;
using Relance.Tests.Api;

namespace Relance.Tests.Evidence;

public abstract class Evidence_by_api(Dialect dialect) : EvidenceTests(dialect)
{
    [Fact]
    public async Task A_dossier_that_came_over_http_is_the_one_that_the_service_makes_and_verifies()
    {
        using var api = new ApiClient(World.Url, (await Of<AccessKeys>().MakeAsync("lecture", KeyScope.Read)).Secret, IPAddress.Loopback);
        var answer = (await api.GetAsync($"contracts/{Mine}/evidence")).Being(200);
        answer.Headers["Content-Type"].ShouldBe("application/zip");
        answer.Headers["Content-Disposition"].ShouldContain($"dossier-{Mine}-20260302.zip");
        var verdict = await VerifyAsync(answer.Bytes);
        (verdict.Findings.Count, verdict.Whole, verdict.Head).ShouldBe((0, true, (await ExportAsync()).Report.Head));
        var files = Files(answer.Bytes);
        files.Keys.Count(name => name.StartsWith("mails/", StringComparison.Ordinal)).ShouldBe(1);
        string.Concat(files.Values.Select(Encoding.UTF8.GetString)).ShouldNotContain(Other, Case.Insensitive, "somebody else is no part of it");

        answer.Bytes[answer.Bytes.AsSpan().IndexOf(files.First(file => file.Key.StartsWith("mails/", StringComparison.Ordinal)).Value) + 100] ^= 1;
        (await VerifyAsync(answer.Bytes)).Whole.ShouldBeFalse();
        (await api.GetAsync("contracts/nobody/evidence")).BeingProblem(404, "not-found", "contract");
    }
}

public sealed class Evidence_by_api_in_SQLite() : Evidence_by_api(Dialect.Sqlite);

public sealed class Evidence_by_api_in_PostgreSQL() : Evidence_by_api(Dialect.Postgres);
