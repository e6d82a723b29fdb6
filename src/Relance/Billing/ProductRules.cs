using Relance.Operations;
using Relance.Shops;

namespace Relance.Billing;

/// <summary>Finds the maintenance lines of an order, by the agency's product rules.</summary>
public static class ProductRules
{
    /// <summary>The rule a line falls under, or null. Categories come from the products the pull looked up.</summary>
    public static ProductRule? Match(RelanceSettings settings, ShopLine line, IReadOnlyDictionary<long, ShopProduct> products) =>
        settings.Products.FirstOrDefault(rule => Matches(rule, line, products));

    /// <summary>The rule a subscription falls under, or null.</summary>
    public static ProductRule? Match(RelanceSettings settings, ShopSubscription subscription, IReadOnlyDictionary<long, ShopProduct> products) =>
        subscription.Lines.Select(line => Match(settings, line, products)).FirstOrDefault(rule => rule is not null);

    /// <summary>Whether any rule needs the categories of products.</summary>
    public static bool NeedCategories(RelanceSettings settings) => settings.Products.Any(rule => rule.Category is not null);

    private static bool Matches(ProductRule rule, ShopLine line, IReadOnlyDictionary<long, ShopProduct> products)
    {
        if (rule.ProductId is { } id)
            return line.ProductId == id || line.VariationId == id;
        if (rule.Sku is { } sku)
            return string.Equals(line.Sku, sku, StringComparison.OrdinalIgnoreCase);
        return rule.Category is { } category && products.TryGetValue(line.ProductId, out var product)
            && product.Categories.Contains(category, StringComparer.OrdinalIgnoreCase);
    }
}
