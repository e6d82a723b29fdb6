using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Products and customers.</summary>
internal sealed class Catalogue(ShopCore core)
{
    private ShopState State => core.State;

    internal JsonObject CreateProduct(JsonObject body)
    {
        string[] types = ["simple", "grouped", "external", "variable"];
        if (body["type"] is not null && !types.Contains(body.Text("type")))
        {
            throw WpError.NotInEnum("type", types);
        }

        return AddProduct(body);
    }

    internal JsonObject AddProduct(JsonObject body)
    {
        var doc = Templates.Object("product");
        doc["id"] = State.NextPost();
        doc.Stamp("date_created", core.Now, State.Zone);
        UpdateProduct(doc, body, "product.created");
        State.Products[doc.Number("id")] = doc;
        return doc;
    }

    internal void UpdateProduct(JsonObject doc, JsonObject body, string topic = "product.updated")
    {
        foreach (var (name, value) in body.Where(f => doc.ContainsKey(f.Key) && f.Key is not ("id" or "meta_data")))
        {
            doc[name] = value?.DeepClone();
        }

        Meta.Apply(State, doc, body.List("meta_data"));
        doc["price"] = doc.Text("regular_price");
        doc["slug"] = doc.Text("slug").Length > 0 ? doc.Text("slug") : doc.Text("sku").ToLowerInvariant();
        doc["price_html"] = $"<span class=\"woocommerce-Price-amount amount\">{doc.Text("price")}&nbsp;&euro;</span>";
        State.Touch(doc);
        core.Emit(topic, doc.Number("id"));
    }

    internal JsonObject CreateCustomer(JsonObject body)
    {
        var email = body.Text("email");
        if (email.Length == 0)
        {
            throw WpError.Missing("email");
        }

        if (State.Customers.Values.Any(c => string.Equals(c.Text("email"), email, StringComparison.OrdinalIgnoreCase)))
        {
            throw new WpError(400, "registration-error-email-exists",
                $"Un compte est déjà enregistré avec {email}. Veuillez vous connecter ou utiliser une autre adresse e-mail.");
        }

        var doc = Templates.Object("customer");
        doc["id"] = State.NextCustomer();
        doc["avatar_url"] = "https://secure.gravatar.com/avatar/" + ShopIds.Random(32);
        doc["username"] = email.Split('@')[0];
        doc.Stamp("date_created", core.Now, State.Zone);
        UpdateCustomer(doc, body, "customer.created");
        State.Customers[doc.Number("id")] = doc;
        return doc;
    }

    internal void UpdateCustomer(JsonObject doc, JsonObject body, string topic = "customer.updated")
    {
        foreach (var name in (string[])["email", "first_name", "last_name", "username"])
        {
            if (body[name] is { } value)
            {
                doc[name] = value.DeepClone();
            }
        }

        foreach (var name in (string[])["billing", "shipping"])
        {
            foreach (var (field, value) in body[name] as JsonObject ?? [])
            {
                doc[name]![field] = value?.DeepClone();
            }
        }

        Meta.Apply(State, doc, body.List("meta_data"));
        State.Touch(doc);
        core.Emit(topic, doc.Number("id"));
    }

    /// <summary>A completed order makes a paying customer.</summary>
    internal void MarkPaying(long customer)
    {
        if (State.Customers.TryGetValue(customer, out var doc) && !doc.Flag("is_paying_customer"))
        {
            doc["is_paying_customer"] = true;
            State.Touch(doc);
            core.Emit("customer.updated", customer);
        }
    }
}
