using Relance.Storage;
using Relance.Tests.Cli;

namespace Relance.Tests.Evidence;

/// <summary><c>evidence verify --ca</c> on another machine: without database, settings or network.</summary>
public sealed class A_stamp_by_command_line() : EvidenceTests(Dialect.Sqlite)
{
    private readonly RelanceProcess _elsewhere = new();
    private LocalAuthority _authority = null!;

    protected override string[] Settings => [$"Evidence:TimestampUrl={_authority.Url}", "Evidence:TimestampAllowPrivate=true"];

    private string Dossier => Path.Combine(_elsewhere.Folder, "dossier.zip");

    public override async Task InitializeAsync()
    {
        _authority = await LocalAuthority.StartAsync();
        await base.InitializeAsync();
        var (zip, report) = await ExportAsync();
        report.Stamps.ShouldBe(1, report.WithoutStamp);
        await File.WriteAllBytesAsync(Dossier, zip);
    }

    public override async Task DisposeAsync()
    {
        _elsewhere.Dispose();
        await base.DisposeAsync();
        await _authority.DisposeAsync();
    }

    [Fact]
    public async Task Under_its_own_authority_it_is_trusted_and_without_one_nobody_is_named()
    {
        var trusted = await VerifyAsync(_authority.RootFile);
        (trusted.Code, trusted.Output.Contains("Time-stamp: entries up to", StringComparison.Ordinal)).ShouldBe((0, true), trusted.Output + trusted.Error);
        trusted.Output.ShouldNotContain("not checked");
        var unasked = await VerifyAsync(null);
        (unasked.Code, unasked.Output.Contains("not checked who that is: --ca", StringComparison.Ordinal)).ShouldBe((0, true), unasked.Output + unasked.Error);
    }

    [Fact]
    public async Task Under_another_authority_it_is_not()
    {
        await using var other = await LocalAuthority.StartAsync();
        var verdict = await VerifyAsync(other.RootFile);
        verdict.Code.ShouldBe(1, verdict.Error);
        verdict.Output.ShouldContain("untrusted");
        verdict.Output.ShouldContain("NOT as it was exported.");
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("", "has none")]
    [InlineData("Bonjour", "has none")]
    [InlineData("-----BEGIN CERTIFICATE-----\nQm9uam91cg==\n-----END CERTIFICATE-----\n", "cannot be read")]
    public async Task A_file_without_certificates_is_named(string? text, string why)
    {
        var file = Path.Combine(_elsewhere.Folder, "authority.pem");
        if (text is not null)
            await File.WriteAllTextAsync(file, text);
        var answer = await VerifyAsync(file);
        answer.Code.ShouldBe(2, answer.Output);
        answer.Error.ShouldContain("--ca: expected");
        answer.Error.ReplaceLineEndings(" ").ShouldContain(why);
        answer.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_is_no_file_of_certificates()
    {
        var answer = await VerifyAsync(_elsewhere.Folder);
        (answer.Code, answer.Error.Contains("--ca: expected a file of certificates", StringComparison.Ordinal)).ShouldBe((2, true), answer.Error);
    }

    private Task<Answer> VerifyAsync(string? authority) => _elsewhere.RunAsync("", ["evidence", "verify", Dossier, .. authority is null ? (string[])[] : ["--ca", authority]]);
}
