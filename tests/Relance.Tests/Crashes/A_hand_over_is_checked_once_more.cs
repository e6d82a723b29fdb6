using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Outbox;
using Relance.Reminders;
using Relance.Shops;
using Relance.Storage;
using Relance.Tests.Storage;

namespace Relance.Tests.Crashes;

/// <summary>A batch is read together, and its last message leaves later: whatever changed meanwhile stops it right before the hand-over.</summary>
public abstract class A_hand_over_is_checked_once_more(Dialect dialect) : StorageTests(dialect)
{
    private readonly MovedClock _system = new(new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero), 0, TimeProvider.System);
    private Claims _claims = null!;
    private Attempts _attempts = null!;

    [Fact]
    public async Task What_is_as_it_was_read_is_handed_over()
    {
        var letter = await AClaimedLetterAsync();
        await _attempts.HandAsync(letter);
        (await ValueAsync<long>("SELECT COUNT(*) FROM attempt WHERE handed_at IS NOT NULL")).ShouldBe(1);
    }

    [Theory]
    [InlineData("UPDATE cycle SET rev = rev + 1")]
    [InlineData("UPDATE cycle SET state = 'paid', rev = rev + 1")]
    [InlineData("UPDATE reminder SET state = 'skipped', reason = 'paid'")]
    [InlineData("DELETE FROM reminder")]
    [InlineData("UPDATE message SET lease_owner = 'another'")]
    [InlineData("UPDATE message SET attempt = attempt + 1")]
    [InlineData("UPDATE message SET lease_until = 0")]
    public async Task What_has_changed_since_is_not(string change)
    {
        var letter = await AClaimedLetterAsync();
        await ExecuteAsync(change);
        await Should.ThrowAsync<HandOverRefusedException>(() => _attempts.HandAsync(letter));
        (await ValueAsync<long>("SELECT COUNT(*) FROM attempt WHERE handed_at IS NOT NULL")).ShouldBe(0);
    }

    [Fact]
    public async Task Given_back_it_may_be_claimed_again_and_its_attempt_is_closed()
    {
        var letter = await AClaimedLetterAsync();
        await _claims.ReleaseAsync([letter.Message], "changed", default);
        (await ValueAsync<string>("SELECT outcome FROM attempt")).ShouldBe("abandoned");
        (await ClaimAsync()).Attempt.ShouldBe(letter.Message.Attempt + 1);
    }

    private async Task<Letter> AClaimedLetterAsync()
    {
        var clocks = new Clocks(_system, _system);
        _claims = new(Database, new RelanceSettings(), clocks);
        _attempts = new(Database, clocks, _claims);
        await ExecuteAsync("UPDATE message SET expires_at = @Late WHERE id = @Id", new { Id = await Rows.MessageAsync(reminder: true), Late = long.MaxValue });
        var message = await ClaimAsync();
        await ExecuteAsync("INSERT INTO attempt (message_id, n, started_at) VALUES (@Id, @Attempt, 0)", message);
        var seal = await ValueAsync<long>($"SELECT SUM({LetterReader.Seal}) {LetterReader.Steps} AND r.message_id = @Id", message);
        return new Letter(message, [], "Zoé", "zoe@client.example", "fr", new ToneChoice(Tone.Neutral, default), seal);
    }

    private async Task<MessageRow> ClaimAsync() =>
        (await _claims.TakeAsync((await Database.ReadAsync(LinkedShop.AllAsync)).ShouldHaveSingleItem(), default)).ShouldHaveSingleItem();
}

public sealed class A_hand_over_is_checked_once_more_in_SQLite() : A_hand_over_is_checked_once_more(Dialect.Sqlite);

public sealed class A_hand_over_is_checked_once_more_in_PostgreSQL() : A_hand_over_is_checked_once_more(Dialect.Postgres);
