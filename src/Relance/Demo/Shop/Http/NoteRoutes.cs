namespace Relance.Demo.Shop;

/// <summary>Notes of orders and subscriptions.</summary>
internal sealed class NoteRoutes(ShopCore core)
{
    private const int TextColumn = 65535;

    internal IEnumerable<Route> All() => [.. Of("orders"), .. Of("subscriptions")];

    private IEnumerable<Route> Of(string parents) =>
    [
        new($"wc/v3/{parents}/#/notes", ("GET", c => List(c, parents)), ("POST", c => Create(c, parents))),
        new($"wc/v3/{parents}/#/notes/#", ("GET", c => Answer.Ok(Views.Note(Found(c, parents), c.Home, parents, c.Id))), ("DELETE", c => Delete(c, parents))),
    ];

    private Answer List(Call call, string parents)
    {
        CheckParent(call, parents);
        var type = call.Query.Get("type") ?? "any";
        var rows = core.Notes.Of(call.Id).Where(n => type == "any" || n.Flag("customer_note") == (type == "customer"));
        return Answer.Ok(new System.Text.Json.Nodes.JsonArray([.. rows.Select(n => Views.Note(n, call.Home, parents, call.Id))]));
    }

    private Answer Create(Call call, string parents)
    {
        CheckParent(call, parents);
        var body = call.Body();
        var text = body.ContainsKey("note") ? body.Text("note") : throw WpError.Missing("note");
        if (System.Text.Encoding.UTF8.GetByteCount(text) > TextColumn)
        {
            throw new WpError(500, "woocommerce_api_cannot_create_order_note", "Impossible de créer une note de commande, veuillez essayer de nouveau.");
        }

        var customer = body.Flag("customer_note");
        var note = core.Notes.Add(call.Id, text, customer, body.Flag("added_by_user") ? "admin" : "WooCommerce");
        if (customer)
        {
            _ = core.Notes.Add(call.Id, "Email \"Note client\" sent.");
        }

        return Answer.Created(Views.Note(note, call.Home, parents, call.Id), $"{call.Home}/wp-json/wc/v3/{parents}/{call.Id}/notes/{note.Number("id")}");
    }

    private Answer Delete(Call call, string parents)
    {
        var note = Found(call, parents);
        if (!call.Query.Flag("force"))
        {
            throw new WpError(501, "woocommerce_rest_trash_not_supported", "Les crochets Web ne supportent pas la suppression.");
        }

        _ = core.State.Notes[call.Id].Remove(note);
        return Answer.Ok(Views.Note(note, call.Home, parents, call.Id));
    }

    private System.Text.Json.Nodes.JsonObject Found(Call call, string parents)
    {
        CheckParent(call, parents);
        return core.Notes.Of(call.Id).FirstOrDefault(n => n.Number("id") == call.Ids[1]) ?? throw new WpError(404, "woocommerce_rest_invalid_id", "ID de ressource non valide.");
    }

    private void CheckParent(Call call, string parents)
    {
        if (!(parents == "orders" ? core.State.Orders : core.State.Subscriptions).ContainsKey(call.Id))
        {
            throw new WpError(404, "woocommerce_rest_order_invalid_id", "ID de commande non valide.");
        }
    }
}
