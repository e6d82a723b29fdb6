using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Products and customers.</summary>
internal sealed class CatalogueRoutes(ShopCore core)
{
    private ShopState State => core.State;

    internal IEnumerable<Route> All() =>
    [
        new("wc/v3/products", ("GET", Products), ("POST", CreateProduct)),
        new("wc/v3/products/#", ("GET", c => Answer.Ok(Views.Product(core, Product(c), c.Home))), ("POST PUT PATCH", UpdateProduct), ("DELETE", DeleteProduct)),
        new("wc/v3/customers", ("GET", Customers), ("POST", CreateCustomer)),
        new("wc/v3/customers/#", ("GET", c => Answer.Ok(Views.Customer(Customer(c), c.Home))), ("POST PUT PATCH", UpdateCustomer), ("DELETE", DeleteCustomer)),
    ];

    private JsonObject Product(Call call) => State.Products.GetValueOrDefault(call.Id) ?? throw WpError.BadId("product");

    private JsonObject Customer(Call call) => State.Customers.GetValueOrDefault(call.Id)
        ?? throw new WpError(404, "woocommerce_rest_invalid_id", "ID de ressource non valide.");

    private Answer Products(Call call)
    {
        var (include, sku, category) = (call.Query.Ids("include"), call.Query.List("sku"), call.Query.List("category"));
        var (search, type) = (call.Query.Get("search"), call.Query.Get("type"));
        var rows = State.Products.Values
            .Where(p => include.Count == 0 || include.Contains(p.Number("id")))
            .Where(p => sku.Count == 0 || sku.Contains(p.Text("sku")))
            .Where(p => category.Count == 0 || p.Rows("categories").Any(c => category.Contains(c.Text("id"))))
            .Where(p => type is null || p.Text("type") == type)
            .Where(p => search is null || p.Text("name").Contains(search, StringComparison.OrdinalIgnoreCase));
        return Listing.Page(call, rows, p => Views.Product(core, p, call.Home), "context=view");
    }

    private Answer CreateProduct(Call call)
    {
        var product = core.Catalogue.CreateProduct(call.Body());
        return Answer.Created(Views.Product(core, product, call.Home, edit: true), $"{call.Home}/wp-json/wc/v3/products/{product.Number("id")}");
    }

    private Answer UpdateProduct(Call call)
    {
        var product = Product(call);
        core.Catalogue.UpdateProduct(product, call.Body());
        return Answer.Ok(Views.Product(core, product, call.Home, edit: true));
    }

    private Answer DeleteProduct(Call call)
    {
        var product = Product(call);
        _ = State.Products.Remove(call.Id);
        core.Emit("product.deleted", call.Id);
        return Answer.Ok(Views.Product(core, product, call.Home));
    }

    private Answer Customers(Call call)
    {
        var (include, email, search) = (call.Query.Ids("include"), call.Query.Get("email"), call.Query.Get("search"));
        var rows = State.Customers.Values
            .Where(c => include.Count == 0 || include.Contains(c.Number("id")))
            .Where(c => email is null || string.Equals(c.Text("email"), email, StringComparison.OrdinalIgnoreCase))
            .Where(c => search is null || $"{c.Text("email")} {c.Text("first_name")} {c.Text("last_name")}".Contains(search, StringComparison.OrdinalIgnoreCase));
        return Listing.Page(call, rows, c => Views.Customer(c, call.Home), "context=view");
    }

    private Answer CreateCustomer(Call call)
    {
        var customer = core.Catalogue.CreateCustomer(call.Body());
        return Answer.Created(Views.Customer(customer, call.Home), $"{call.Home}/wp-json/wc/v3/customers/{customer.Number("id")}");
    }

    private Answer UpdateCustomer(Call call)
    {
        var customer = Customer(call);
        core.Catalogue.UpdateCustomer(customer, call.Body());
        return Answer.Ok(Views.Customer(customer, call.Home));
    }

    private Answer DeleteCustomer(Call call)
    {
        var customer = Customer(call);
        if (!call.Query.Flag("force"))
        {
            throw new WpError(501, "woocommerce_rest_trash_not_supported", "Les clients ne supportent pas la suppression.");
        }

        _ = State.Customers.Remove(call.Id);
        core.Emit("customer.deleted", call.Id);
        return Answer.Ok(Views.Customer(customer, call.Home));
    }
}
