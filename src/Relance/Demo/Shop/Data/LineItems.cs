using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Lines, fees and VAT at 20 % of orders and subscriptions. Prices exclude VAT.</summary>
internal sealed class LineItems(ShopState state)
{
    private const decimal Rate = 0.20m;

    internal void AddRequested(JsonObject doc, JsonObject body)
    {
        foreach (var row in body.Rows("line_items"))
        {
            doc.List("line_items").Add(Product(row));
        }

        foreach (var row in body.Rows("fee_lines"))
        {
            doc.List("fee_lines").Add(Fee(row));
        }

        Total(doc);
    }

    /// <summary>Copies the lines of one document to another under new ids.</summary>
    internal void CopyTo(JsonObject from, JsonObject to)
    {
        foreach (var row in from.Rows("line_items"))
        {
            var copy = row.Copy();
            copy["id"] = state.NextItem();
            to.List("line_items").Add(copy);
        }

        Total(to);
    }

    private JsonObject Product(JsonObject row)
    {
        var id = row.Number("product_id");
        if (!state.Products.TryGetValue(id, out var product))
        {
            throw new WpError(400, "woocommerce_rest_invalid_product_id", "ID de produit non valide.");
        }

        var quantity = row["quantity"] is null ? 1 : row.Number("quantity");
        var subtotal = row["subtotal"] is null ? product.Amount("price") * quantity : row.Amount("subtotal");
        var total = row["total"] is null ? subtotal : row.Amount("total");
        var line = new JsonObject
        {
            ["id"] = state.NextItem(),
            ["name"] = row["name"] is null ? product.Text("name") : row.Text("name"),
            ["product_id"] = id,
            ["variation_id"] = row.Number("variation_id"),
            ["quantity"] = quantity,
            ["tax_class"] = "",
        };
        Amounts(line, subtotal, total);
        line["meta_data"] = new JsonArray();
        line["sku"] = product.Text("sku");
        line["global_unique_id"] = "";
        line["price"] = quantity == 0 ? 0 : total / quantity / 1.0000000000m;
        line["image"] = new JsonObject { ["id"] = "", ["src"] = "" };
        line["parent_name"] = null;
        return line;
    }

    private static void Amounts(JsonObject line, decimal subtotal, decimal total)
    {
        line["subtotal"] = Doc.Money(subtotal);
        line["subtotal_tax"] = Doc.Money(Tax(subtotal));
        line["total"] = Doc.Money(total);
        line["total_tax"] = Doc.Money(Tax(total));
        line["taxes"] = new JsonArray(new JsonObject { ["id"] = 1, ["total"] = Doc.Money(Tax(total)), ["subtotal"] = Doc.Money(Tax(subtotal)) });
    }

    private JsonObject Fee(JsonObject row)
    {
        var total = row.Amount("total");
        return new()
        {
            ["id"] = state.NextItem(),
            ["name"] = row.Text("name"),
            ["tax_class"] = "",
            ["tax_status"] = "taxable",
            ["amount"] = "",
            ["total"] = Doc.Money(total),
            ["total_tax"] = Doc.Money(Tax(total)),
            ["taxes"] = new JsonArray(new JsonObject { ["id"] = 1, ["total"] = Doc.Money(Tax(total)), ["subtotal"] = "" }),
            ["meta_data"] = new JsonArray(),
        };
    }

    private void Total(JsonObject doc)
    {
        var lines = doc.Rows("line_items").Concat(doc.Rows("fee_lines")).ToList();
        var (net, tax) = (lines.Sum(l => l.Amount("total")), lines.Sum(l => l.Amount("total_tax")));
        doc["cart_tax"] = Doc.Money(tax);
        doc["total"] = Doc.Money(net + tax);
        doc["total_tax"] = Doc.Money(tax);
        if (lines.Count == 0)
        {
            return;
        }

        doc["tax_lines"] = new JsonArray(new JsonObject
        {
            ["id"] = doc.Rows("tax_lines").FirstOrDefault()?.Number("id") ?? state.NextItem(),
            ["rate_code"] = "FR-TVA-1",
            ["rate_id"] = 1,
            ["label"] = "TVA",
            ["compound"] = false,
            ["tax_total"] = Doc.Money(tax),
            ["shipping_tax_total"] = "0.00",
            ["rate_percent"] = 20,
            ["meta_data"] = new JsonArray(),
        });
    }

    private static decimal Tax(decimal amount) => Math.Round(amount * Rate, 2, MidpointRounding.AwayFromZero);
}
