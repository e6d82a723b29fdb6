using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Relance.Api;

/// <summary>What the parameters of all operations mean: one name means one thing.</summary>
internal static class ParameterDocument
{
    private static readonly Dictionary<string, (string Description, JsonNode Example)> s_known = new(StringComparer.Ordinal)
    {
        ["id"] = ("The id of the thing, from a list.", ApiExample.Id),
        ["shop"] = ("Only of the shop with this id.", ApiExample.Id),
        ["contract"] = ("Only of the contract with this id.", ApiExample.Id),
        ["standing"] = ("Only those that stand so: `active`, `renewal-due`, `grace`, `suspended`, `ended` or `declined`.", "grace"),
        ["search"] = ("Part of the client's name or address, or of the reference.", "benali"),
        ["state"] = ("Only those in this state, as in the answers.", "open"),
        ["day"] = ("Only those for this local day.", "2026-12-16"),
        ["step"] = ("Only those with this step.", "maintenance.suspension"),
        ["kind"] = ("Only those of this kind.", "check-bank"),
        ["subject"] = ("Only those about this contract, client, message or shop, by id.", ApiExample.Id),
        ["overdue"] = ("`true`: only those whose day has passed.", true),
        ["past"] = ("`true`: also those that are over.", true),
        ["locale"] = ("Language of titles, scripts and labels: `en` (default) or `fr`.", "fr"),
        ["days"] = ("Days to look at, from today; 30 when left out.", 90),
        ["client"] = ("Only the client with this id, or with this text in its name or address.", "benali"),
        ["allowSuspension"] = ("Whether the suspension and what follows it would leave without approval.", true),
        ["dryRun"] = ("`true`: only say what would happen.", true),
        ["strict"] = ("`true`: one fault, and no row is written.", true),
        ["limit"] = ("Items per page, from 1 to 200; 50 when left out.", 50),
        ["after"] = ("The `next` of the page before; left out for the first page.", "MDE5OWMwYTc="),
        [Idempotency.Header] = ("One per act, such as a UUID. The same key and body get the same answer for 24 hours.", "8e03978e-40d5-43dd-bc93-6894a57f9324"),
    };

    public static void Complete(OpenApiOperation operation)
    {
        var known = operation.Tags?.Any(tag => tag.Name == LawRoutes.Tag) == true ? LawDocument.Parameters : s_known;
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (parameter.Name is null || !known.TryGetValue(parameter.Name, out var meaning))
                continue;
            parameter.Description ??= meaning.Description;
            parameter.Example = meaning.Example.DeepClone();
        }
    }
}
