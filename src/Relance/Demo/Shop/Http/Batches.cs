using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>The batch routes: at most 100 items, 200 for the whole, an <c>error</c> object per item that failed.</summary>
internal static class Batches
{
    private const int Limit = 100;

    internal static Answer Run(
        Call call,
        Func<long, JsonObject> find,
        Func<JsonObject, Call, JsonObject> create,
        Func<JsonObject, JsonObject, Call, JsonObject> update,
        Func<JsonObject, bool, Call, JsonObject> delete,
        string type)
    {
        var body = call.Body();
        if (body.List("create").Count + body.List("update").Count + body.List("delete").Count > Limit)
        {
            throw new WpError(413, "woocommerce_rest_request_entity_too_large", "Impossible d&rsquo;accepter plus de 100 articles pour cette requête.");
        }

        JsonObject Existing(long id)
        {
            try
            {
                return find(id);
            }
            catch (WpError)
            {
                throw WpError.BadId(type, 400);
            }
        }

        var answer = new JsonObject();
        Items(answer, "create", body.Rows("create"), row => create(row, call), _ => 0);
        Items(answer, "update", body.Rows("update"), row => update(Existing(row.Number("id")), row, call), row => row.Number("id"));
        Items(answer, "delete", body.List("delete").Select(id => id!.GetValue<long>()), id => delete(Existing(id), true, call), id => id);
        return Answer.Ok(answer);
    }

    private static void Items<T>(JsonObject answer, string name, IEnumerable<T> items, Func<T, JsonObject> act, Func<T, long> id)
    {
        var done = new JsonArray();
        foreach (var item in items)
        {
            try
            {
                done.Add(act(item));
            }
            catch (WpError error)
            {
                done.Add(new JsonObject { ["id"] = id(item), ["error"] = error.Body() });
            }
        }

        if (done.Count > 0)
        {
            answer[name] = done;
        }
    }
}
