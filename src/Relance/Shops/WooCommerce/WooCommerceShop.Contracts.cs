using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Relance.Shops.WooCommerce;

internal sealed partial class WooCommerceShop
{
    private const string Contracts = "wc-relance/v1/contracts";

    // What the plugin calls itself in its answers, from version 1 on.
    private const string VersionHeader = "X-Relance-Plugin";

    /// <inheritdoc/>
    public async Task<string?> PluginVersionAsync(CancellationToken ct)
    {
        try
        {
            var answer = await rest.SendAsync(RestCall.Get(Contracts, ("per_page", "1")), ct);
            return answer.Headers.TryGetValues(VersionHeader, out var version) && version.First() is { Length: <= 40 } said ? said : "";
        }
        catch (ShopException none) when (none.Code == RestErrors.NoRoute)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ShopContract> ContractsModifiedAfterAsync(DateTimeOffset after, [EnumeratorCancellation] CancellationToken ct, Action<UnreadableRow>? unreadable = null)
    {
        var seen = new HashSet<(long, DateTimeOffset)>();
        for (var page = 1; ;)
        {
            var (rows, more) = await ContractPageAsync(page, [("modified_after", Instant(after)), ("dates_are_gmt", "true"), ("orderby", "modified"), ("order", "asc")], unreadable, ct);
            foreach (var row in rows.Where(row => seen.Add((row.Id, row.ModifiedAt))))
                yield return row;
            if (!more)
                yield break;
            // As orders are paged: a row that changes meanwhile pulls the rest across the border of the pages.
            var next = rows.Count > 0 ? rows[^1].ModifiedAt.AddSeconds(-1) : after;
            (after, page) = next > after ? (next, 1) : (after, page + 1);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ShopContract>> ContractsAsync(IReadOnlyCollection<long> ids, CancellationToken ct, Action<UnreadableRow>? unreadable = null)
    {
        List<ShopContract> found = [];
        foreach (var some in ids.Distinct().Chunk(PageSize))
        {
            var (rows, _) = await ContractPageAsync(1, [("include", string.Join(',', some.Select(id => id.ToString(CultureInfo.InvariantCulture))))], unreadable, ct);
            found.AddRange(rows.Where(row => Array.IndexOf(some, row.Id) >= 0));
        }

        return found;
    }

    /// <inheritdoc/>
    public Task SetContractStatusAsync(long id, byte[] status, CancellationToken ct) =>
        rest.SendAsync(new(HttpMethod.Post, Path(Contracts, id) + "/status") { Body = status }, ct);

    private async Task<(List<ShopContract> Rows, bool More)> ContractPageAsync(int page, IEnumerable<(string, string)> query, Action<UnreadableRow>? unreadable, CancellationToken ct)
    {
        var call = RestCall.Get(Contracts, [.. query, ("per_page", PageSize.ToString(CultureInfo.InvariantCulture)), ("page", page.ToString(CultureInfo.InvariantCulture))]);
        var (rows, answer) = await rest.ReadAsync(call, WireJson.Default.JsonElementArray, ct);
        return ([.. rows.Select(row => Contract(row, unreadable)).OfType<ShopContract>()], rows.Length > 0 && (answer.Pages is { } pages ? page < pages : rows.Length >= PageSize));
    }

    private static ShopContract? Contract(JsonElement row, Action<UnreadableRow>? unreadable)
    {
        if (ContractMapping.Read(row, out var id, out var why) is { } contract)
            return contract;
        if (unreadable is null)
            throw new ShopException(ShopFault.Unreadable, why);
        unreadable(new UnreadableRow(new ShopRef(ShopKind.Contract, id), why));
        return null;
    }
}
