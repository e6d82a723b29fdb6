using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>What people said about a contract that the planner must know.</summary>
/// <param name="PausedUntil">The latest day until which reminders wait (excluded).</param>
/// <param name="Flag">A dispute, or the insolvency that outweighs it.</param>
internal sealed record PeopleSay(DateOnly? PausedUntil, SkipReason? Flag)
{
    private const string Pauses = "SELECT scope AS Scope, scope_id AS ScopeId, until_on AS What FROM pause WHERE until_on > @Today";
    private const string Flags = "SELECT scope AS Scope, scope_id AS ScopeId, flag AS What FROM flag";
    private static readonly PeopleSay s_nothing = new(null, null);

    /// <summary>About every contract, in one statement.</summary>
    public static async Task<Func<StoredContract, PeopleSay>> AllAsync(BillingContext context)
    {
        var said = (await context.Session.QueryAsync<SaidRow>($"{Pauses} UNION ALL {Flags}", new { Today = context.Today.Text() })).ToLookup(row => (row.Scope, row.ScopeId));
        return said.Count == 0 ? _ => s_nothing : contract => Of([.. said[("all", "")], .. said[("shop", contract.ShopId)], .. said[("client", contract.ClientId)], .. said[("contract", contract.Id)]]);
    }

    private static PeopleSay Of(IReadOnlyList<SaidRow> rows) => new(
        rows.Where(row => !row.IsFlag).Select(row => (DateOnly?)Values.Date(row.What)).Max(),
        rows.Any(row => row.What == "insolvent") ? SkipReason.Insolvent : rows.Any(row => row.What == "dispute") ? SkipReason.Disputed : null);

    private sealed class SaidRow
    {
        public string Scope { get; init; } = "";
        public string ScopeId { get; init; } = "";
        public string What { get; init; } = "";

        public bool IsFlag => What is "insolvent" or "dispute";
    }
}
