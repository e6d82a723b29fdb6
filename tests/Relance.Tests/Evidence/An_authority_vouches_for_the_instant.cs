using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Relance.Evidence.Stamps;
using Relance.Storage;

namespace Relance.Tests.Evidence;

/// <summary>Time-stamps (RFC 3161) by OpenSSL's own authority, on either database.</summary>
public abstract class An_authority_vouches_for_the_instant(Dialect dialect) : EvidenceTests(dialect)
{
    private LocalAuthority _authority = null!;

    protected override string[] Settings => [$"Evidence:TimestampUrl={_authority.Url}", "Evidence:TimestampAllowPrivate=true"];

    public override async Task InitializeAsync()
    {
        _authority = await LocalAuthority.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _authority.DisposeAsync();
    }

    [Fact]
    public async Task An_export_stamps_the_end_of_the_journal_once_and_openssl_agrees()
    {
        var (zip, report) = await ExportAsync();
        (report.Stamps, report.WithoutStamp).ShouldBe((1, null));
        (await ExportAsync()).Zip.ShouldBe(zip, "the end is stamped already");
        var (file, token) = Files(zip).Single(f => f.Key.StartsWith("stamps/", StringComparison.Ordinal));
        var path = Path.Combine(Path.GetDirectoryName(_authority.RootFile)!, "token.tst");
        await File.WriteAllBytesAsync(path, token);
        var (code, said) = await _authority.OpenSslAsync("ts", "-verify", "-digest", report.Head, "-in", path, "-token_in", "-CAfile", _authority.RootFile);
        code.ShouldBe(0, $"{file}: {said}");

        var verdict = await VerifyAsync(zip, [X509CertificateLoader.LoadCertificateFromFile(_authority.RootFile)]);
        verdict.Findings.ShouldBeEmpty();
        var stamp = verdict.Stamps.ShouldHaveSingleItem();
        (stamp.Seq, stamp.Trusted).ShouldBe((report.Entries, true));
        (TimeProvider.System.GetUtcNow() - stamp.At!.Value).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Another_authority_is_not_trusted_and_none_is_said()
    {
        var (zip, _) = await ExportAsync();
        (await VerifyAsync(zip)).Stamps.ShouldHaveSingleItem().Trusted.ShouldBeNull();
        await using var other = await LocalAuthority.StartAsync();
        var verdict = await VerifyAsync(zip, [X509CertificateLoader.LoadCertificateFromFile(other.RootFile)]);
        (verdict.Whole, verdict.Stamps[0].Trusted).ShouldBe((false, false));
        verdict.Findings.ShouldHaveSingleItem().Kind.ShouldBe("untrusted");
    }

    [Fact]
    public async Task A_journal_that_was_rewritten_with_all_its_hashes_does_not_fit_its_stamp()
    {
        await Of<StampJob>().RunAsync(Ct);
        var other = new KeptStampOf(await World.ValueAsync<long>("SELECT MAX(seq) FROM journal_stamp"));
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE journal_stamp SET hash = @Hash WHERE seq = @Seq", new { other.Seq, Hash = new string('a', 64) }));
        (await VerifyAsync((await ExportAsync()).Zip)).Whole.ShouldBeTrue("the token is over what the journal says, whatever the row says");
        var token = await World.ValueAsync<byte[]>("SELECT token FROM journal_stamp");
        await World.Database.WriteAsync(s => s.ExecuteAsync("DELETE FROM journal_stamp"));
        await World.Database.WriteAsync(s => s.ExecuteAsync("INSERT INTO journal_stamp (shop_id, seq, hash, at, authority, token) VALUES (@ShopId, @Seq, @Hash, 0, 'x', @token)", new { World.ShopId, Seq = other.Seq - 1, Hash = new string('a', 64), token }));
        var finding = (await VerifyAsync((await ExportAsync()).Zip)).Findings.ShouldHaveSingleItem();
        (finding.Kind, finding.Entry).ShouldBe(("altered", other.Seq - 1));
    }

    [Theory]
    [InlineData(500, "answered 500")]
    [InlineData(200, "something else")]
    [InlineData(302, "answered 302")]
    public async Task An_authority_that_gives_none_stops_no_export(int status, string said)
    {
        _authority.Instead = async http =>
        {
            (http.Response.StatusCode, http.Response.Headers.Location) = (status, "http://127.0.0.1:1/");
            await http.Response.WriteAsync("Bonjour");
        };
        var (zip, report) = await ExportAsync();
        (report.Stamps, report.WithoutStamp!.Contains(said, StringComparison.Ordinal)).ShouldBe((0, true), report.WithoutStamp);
        (await VerifyAsync(zip)).Whole.ShouldBeTrue();
        await Should.ThrowAsync<NoTimestampException>(() => Of<StampJob>().RunAsync(Ct));
    }

    [Fact]
    public async Task Once_a_day_what_was_added_is_stamped()
    {
        (await Of<StampJob>().RunAsync(Ct)).ShouldBe(1);
        (await Of<StampJob>().RunAsync(Ct)).ShouldBe(0, "nothing was added, and it is the same day");
        await World.PlayAsync(Relance.Tests.Billing.BillingWorld.Day0.AddDays(23));
        (await Of<StampJob>().RunAsync(Ct)).ShouldBe(0, "the same day still");
        await ExecuteAsync("UPDATE journal_stamp SET at = at - 86400000");
        (await Of<StampJob>().RunAsync(Ct)).ShouldBe(1);
        (await ExportAsync()).Report.Stamps.ShouldBe(2, "the earliest over each of its entries");
    }

    private sealed record KeptStampOf(long Seq);
}

public sealed class An_authority_vouches_for_the_instant_in_SQLite() : An_authority_vouches_for_the_instant(Dialect.Sqlite);

public sealed class An_authority_vouches_for_the_instant_in_PostgreSQL() : An_authority_vouches_for_the_instant(Dialect.Postgres);
