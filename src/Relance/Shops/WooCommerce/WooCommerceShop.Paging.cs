using System.Globalization;
using System.Runtime.CompilerServices;

namespace Relance.Shops.WooCommerce;

internal sealed partial class WooCommerceShop
{
    private const int PageSize = 100;

    // Pages by number would lose rows: a row that changes while we read moves to the end, and pulls the rest forward across the page border.
    // So each page starts from the last instant seen, one second back (the filter is strict, its resolution a second), and repeats are dropped.
    private async IAsyncEnumerable<T> ModifiedAfterAsync<T>(
        string path, string fields, DateTimeOffset after, Func<WireOrder, T> map, Func<T, (long Id, DateTimeOffset Modified)> key,
        Action<UnreadableRow>? unreadable, [EnumeratorCancellation] CancellationToken ct) where T : class
    {
        // Trashed rows are in no default list. Read first, woven in by instant below.
        var trash = new Queue<T>(await AllAsync(KeysetAsync(path, fields, "trash", after, map, key, unreadable, ct)));
        await foreach (var row in KeysetAsync(path, fields, "any", after, map, key, unreadable, ct))
        {
            while (trash.TryPeek(out var trashed) && key(trashed).Modified <= key(row).Modified)
                yield return trash.Dequeue();
            yield return row;
        }
        foreach (var trashed in trash)
            yield return trashed;
    }

    private async IAsyncEnumerable<T> KeysetAsync<T>(
        string path, string fields, string status, DateTimeOffset after, Func<WireOrder, T> map, Func<T, (long Id, DateTimeOffset Modified)> key,
        Action<UnreadableRow>? unreadable, [EnumeratorCancellation] CancellationToken ct) where T : class
    {
        var seen = new HashSet<(long, DateTimeOffset)>();
        for (var page = 1; ;)
        {
            // Naive UTC: with dates_are_gmt a 'Z' silently selects another window.
            var (rows, more) = await PageAsync(path, page,
                [("modified_after", Instant(after)), ("dates_are_gmt", "true"), ("orderby", "modified"), ("order", "asc"), ("status", status), ("_fields", fields)], ct);
            var mapped = rows.ConvertAll(row => Map(path, row, map, unreadable)).OfType<T>().ToList();
            foreach (var row in mapped)
                if (seen.Add(key(row)))
                    yield return row;
            if (!more)
                yield break;
            var next = mapped.Count > 0 ? key(mapped[^1]).Modified.AddSeconds(-1) : after;
            (after, page) = next > after ? (next, 1) : (after, page + 1);
        }
    }

    private async Task<IReadOnlyList<T>> IncludedAsync<T>(string path, string fields, IReadOnlyCollection<long> ids, Func<WireOrder, T> map, Action<UnreadableRow>? unreadable, CancellationToken ct) where T : class
    {
        List<T> found = [];
        foreach (var some in ids.Distinct().Chunk(PageSize))
        {
            var include = string.Join(',', some.Select(id => id.ToString(CultureInfo.InvariantCulture)));
            var (rows, _) = await PageAsync(path, 1, [("include", include), ("_fields", fields)], ct);
            // Old shops ignore the filter. A row that does not say which one it is may be any that is missing: missing does not mean deleted then.
            if (rows.Find(row => row.Id == 0) is { } nameless)
                rows.AddRange(some.Except(rows.Select(row => row.Id)).Select(id => nameless with { Id = id }).ToList());
            found.AddRange(rows.Where(row => Array.IndexOf(some, row.Id) >= 0).Select(row => Map(path, row, map, unreadable)).OfType<T>());
        }
        return found;
    }

    private async IAsyncEnumerable<WireRow> PagesAsync(string path, IReadOnlyList<(string, string)> query, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var (page, more) = (1, true); more; page++)
        {
            (var rows, more) = await PageAsync(path, page, query, ct);
            foreach (var row in rows)
                yield return row;
        }
    }

    private async Task<(List<WireRow> Rows, bool More)> PageAsync(string path, int page, IEnumerable<(string, string)> query, CancellationToken ct)
    {
        var call = RestCall.Get(path, [.. query, ("per_page", PageSize.ToString(CultureInfo.InvariantCulture)), ("page", page.ToString(CultureInfo.InvariantCulture))]);
        var (rows, answer) = await rest.ReadAsync(call, WireJson.Default.JsonElementArray, ct);
        return ([.. rows.Select(WireRow.Read)], rows.Length > 0 && (answer.Pages is { } pages ? page < pages : rows.Length >= PageSize));
    }

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> rows)
    {
        List<T> all = [];
        await foreach (var row in rows)
            all.Add(row);
        return all;
    }

    private static T? Map<T>(string path, WireRow row, Func<WireOrder, T> map, Action<UnreadableRow>? unreadable) where T : class
    {
        var why = row.Why;
        try
        {
            if (row.Order is { } order)
                return map(order);
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            why = wrong.Message;
        }

        if (unreadable is null)
            throw new ShopException(ShopFault.Unreadable, why);
        unreadable(new UnreadableRow(new ShopRef(path == Collection(ShopKind.Subscription) ? ShopKind.Subscription : ShopKind.Order, row.Id), why));
        return null;
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString(WireMapping.InstantFormat, CultureInfo.InvariantCulture);

    private static string Path(ShopRef target) => Path(Collection(target.Kind), target.Id);

    private static string Path(string collection, long id) => string.Create(CultureInfo.InvariantCulture, $"{collection}/{id}");

    // Each kind by its own route: GET orders/{id of a subscription} answers 200.
    private static string Collection(ShopKind kind) => kind switch { ShopKind.Subscription => "wc/v3/subscriptions", ShopKind.Contract => Contracts, _ => "wc/v3/orders" };
}
