using Relance.Shops;
using Relance.Storage;

namespace Relance.Agency;

/// <summary>What a pause is about.</summary>
public enum PauseScope
{
    /// <summary>Every shop.</summary>
    All,
    /// <summary>One shop.</summary>
    Shop,
    /// <summary>One client of one shop.</summary>
    Client,
    /// <summary>One contract.</summary>
    Contract,
}

/// <summary>Reminders wait until a day, for a reason. Legal notices and confirmations do not.</summary>
public sealed class Pauses
{
    private const int LongestDays = 731;
    private readonly AgencyDesk _desk;

    internal Pauses(AgencyDesk desk) => _desk = desk;

    /// <summary>Pauses; what was planned is withdrawn at once. A second pause of the same thing replaces the first. Returns its id.</summary>
    /// <param name="scopeId">The shop's, client's or contract's id; null for all.</param>
    /// <param name="until">The first local day on which reminders may go again; two years ahead at most.</param>
    /// <exception cref="RefusedException">Names the field.</exception>
    public Task<string> AddAsync(PauseScope scope, string? scopeId, DateOnly until, string reason, Actor actor, CancellationToken ct) => _desk.Database.WriteAsync(
        async session =>
        {
            var words = AgencyDesk.Words("reason", reason);
            if (until <= _desk.Today || until > _desk.Today.AddDays(LongestDays))
                throw RefusedException.Invalid("until", $"a day after {_desk.Today:yyyy-MM-dd}, two years ahead at most");
            var range = await ScopeRange.OfAsync(session, scope, scopeId);
            var id = await session.ValueAsync<string>(
                """
                INSERT INTO pause (id, scope, scope_id, until_on, reason, who, created_at) VALUES (@Id, @Name, @ScopeId, @Until, @words, @Who, @Now)
                ON CONFLICT (scope, scope_id) DO UPDATE SET until_on = excluded.until_on, reason = excluded.reason, who = excluded.who, created_at = excluded.created_at RETURNING id
                """, new { Id = Values.NewId(), range.Name, range.ScopeId, Until = until.Text(), words, Who = actor.ToString(), Now = _desk.Now.Millis() });
            await range.ReplanAsync(_desk, session, "paused");
            await range.TellPluginsAsync(session);
            await JournalAsync(session, range, "paused", actor, words, ("until", until.Text()));
            return id!;
        },
        ct);

    /// <summary>Ends a pause: what it held is looked at again at once.</summary>
    /// <exception cref="RefusedException">There is none with this id.</exception>
    public Task RemoveAsync(string id, Actor actor, CancellationToken ct) => _desk.Database.WriteAsync(
        async session =>
        {
            var row = await session.FirstAsync<Row>("DELETE FROM pause WHERE id = @id RETURNING scope AS Scope, scope_id AS ScopeId", new { id }) ?? throw RefusedException.NotFound("pause", id);
            var range = await ScopeRange.OfAsync(session, Enum.Parse<PauseScope>(row.Scope, ignoreCase: true), row.Scope == "all" ? null : row.ScopeId);
            await range.WakeAsync(_desk, session, "paused");
            await range.TellPluginsAsync(session);
            await JournalAsync(session, range, "pause-removed", actor, null);
        },
        ct);

    // Each shop has its own journal: a pause of all is in every one.
    private async Task JournalAsync(Session session, ScopeRange range, string kind, Actor actor, string? words, params (string, object?)[] facts)
    {
        foreach (var shop in (await LinkedShop.AllAsync(session)).Where(shop => range.ShopId is null || shop.Id == range.ShopId))
            await AgencyDesk.JournalAsync(_desk.Context(session, shop), kind, range.ScopeId.Length > 0 ? range.ScopeId : shop.Id, actor, words, [("scope", range.Name), .. facts]);
    }

    private sealed class Row
    {
        public string Scope { get; init; } = "";
        public string ScopeId { get; init; } = "";
    }
}
