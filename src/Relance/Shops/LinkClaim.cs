using Relance.Operations;
using Relance.Storage;

namespace Relance.Shops;

/// <summary>The right to link one site, for one process at a time: two would make and delete each other's webhooks, whose secret cannot be read back.</summary>
internal sealed class LinkClaim : IAsyncDisposable
{
    // Longer than any link takes; after a crash the site can be linked again then.
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(10);

    private readonly Database _database;
    private readonly string _key;
    private readonly string _value;

    private LinkClaim(Database database, string key, string value) => (_database, _key, _value) = (database, key, value);

    /// <summary>Takes it.</summary>
    /// <exception cref="LinkRefusedException">Somebody else has it.</exception>
    public static async Task<LinkClaim> TakeAsync(Database database, Clocks clocks, Uri url, CancellationToken ct)
    {
        var claim = new LinkClaim(database, KeyOf(url), $"{(clocks.Real + s_life).Millis()} {Values.NewId()}");
        // Instants of thirteen digits sort as texts do.
        var taken = await database.WriteAsync(
            session => session.ValueAsync<string>(
                "INSERT INTO instance (key, value) VALUES (@_key, @_value) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE instance.value < @Now RETURNING key",
                new { claim._key, claim._value, Now = $"{clocks.Real.Millis()}" }), ct);
        return taken is not null ? claim : throw new LinkRefusedException($"url: {url} is being linked by somebody else at this moment; try again in ten minutes at most.");
    }

    /// <summary>Gives it back, in the transaction that stores the link.</summary>
    /// <exception cref="LinkRefusedException">It ran out, and somebody else has it.</exception>
    public async Task SpendAsync(Session session)
    {
        if (await GiveBackAsync(session) == 0)
            throw new LinkRefusedException("url: linking took longer than ten minutes, and somebody else has begun since.");
    }

    /// <summary>Gives it back, where nothing was stored.</summary>
    public async ValueTask DisposeAsync() => await _database.WriteAsync(GiveBackAsync);

    /// <summary>Under what it is kept.</summary>
    internal static string KeyOf(Uri url) => $"linking:{LinkRules.SiteKey(url)}";

    private Task<int> GiveBackAsync(Session session) => session.ExecuteAsync("DELETE FROM instance WHERE key = @_key AND value = @_value", new { _key, _value });
}
