using System.Globalization;
using Relance.Shops;

namespace Relance.Import;

/// <summary>Finds the products that rows name by id or SKU: what the shop does not sell, Relance cannot order there.</summary>
internal sealed class ProductLookup(IShopConnector connector, LinkedShop shop)
{
    private readonly Dictionary<string, (string? Id, string Fault)> _found = new(StringComparer.Ordinal);

    /// <summary>The row with the product's id, or a fault.</summary>
    public async Task<(ImportedContract? Contract, IReadOnlyList<ImportFault> Faults)> ResolveAsync(ImportedContract row, CancellationToken ct)
    {
        if (row.Product is not { } product)
            return (row, []);
        if (!_found.TryGetValue(product, out var found))
            _found[product] = found = await FindAsync(product, ct);
        return found.Id is { } id ? (row with { Product = id }, []) : (null, [new ImportFault(row.Line, ImportColumn.Product.Name(), found.Fault, product)]);
    }

    private async Task<(string? Id, string Fault)> FindAsync(string product, CancellationToken ct)
    {
        try
        {
            var client = connector.Connect(shop);
            var byId = long.TryParse(product, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? await client.ProductAsync(id, ct) : null;
            var found = byId ?? await client.ProductBySkuAsync(product, ct);
            return (found?.Id.ToString(CultureInfo.InvariantCulture), "the id or SKU of a product of the shop");
        }
        catch (ShopException silent)
        {
            return (null, $"a product, which the shop was asked about in vain ({silent.Message})");
        }
    }
}
