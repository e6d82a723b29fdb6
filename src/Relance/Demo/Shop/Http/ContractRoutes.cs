using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary><c>wc-relance/v1/contracts</c>: there while the plugin is active.</summary>
internal sealed class ContractRoutes(ShopCore core)
{
    private const string Version = "0.5.0";

    internal IEnumerable<Route> All() =>
    [
        new("wc-relance/v1/contracts", ("GET", List)),
        new("wc-relance/v1/contracts/#", ("GET", c => Answer.Ok(Shown(Found(c)))), ("POST PUT PATCH", Update)),
        new("wc-relance/v1/contracts/#/status", ("POST", c => Answer.Ok(Shown(core.Contracts.Tell(Found(c), c.Body()))))),
    ];

    private JsonObject Found(Call call) => Active().GetValueOrDefault(call.Id)
        ?? throw new WpError(404, "relance_rest_contract_invalid_id", "Identifiant de contrat non valide.");

    private Answer List(Call call)
    {
        var (rows, include) = (Active().Values.AsEnumerable(), call.Query.Ids("include"));
        if (call.Query.Date("modified_after", core.State.Zone) is { } after)
        {
            rows = rows.Where(r => r.Instant("date_modified_gmt") is not { } modified || modified > after);
        }

        var answer = Listing.Page(call, rows.Where(r => include.Count == 0 || include.Contains(r.Number("id"))), Shown);
        answer.Headers.Add(("X-Relance-Plugin", Version));
        return answer;
    }

    private Answer Update(Call call)
    {
        core.Contracts.Change(Found(call), call.Body());
        return Answer.Ok(Shown(Found(call)));
    }

    private SortedDictionary<long, JsonObject> Active() => core.Contracts.On ? core.Contracts.All : throw WpError.NoRoute();

    private static JsonObject Shown(JsonObject contract)
    {
        var shown = contract.Copy();
        _ = shown.Remove("first_start");
        return shown;
    }
}
