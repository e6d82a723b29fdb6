using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Notes of orders and subscriptions. They fire no webhook.</summary>
internal sealed class OrderNotes(ShopState state)
{
    internal JsonObject Add(long parent, string text, bool customer = false, string author = "WooCommerce")
    {
        var note = new JsonObject { ["id"] = state.NextNote(), ["author"] = author };
        note.Stamp("date_created", state.Clock.Now, state.Zone);
        note["note"] = text;
        note["customer_note"] = customer;
        if (!state.Notes.TryGetValue(parent, out var list))
        {
            state.Notes[parent] = list = [];
        }

        list.Add(note);
        return note;
    }

    /// <summary>Newest second first; within a second the older note first, as MySQL gives them.</summary>
    internal IEnumerable<JsonObject> Of(long parent) =>
        state.Notes.GetValueOrDefault(parent, []).OrderByDescending(n => n.Text("date_created_gmt")).ThenBy(n => n.Number("id"));
}
