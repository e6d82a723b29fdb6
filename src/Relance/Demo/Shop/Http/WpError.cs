using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>An error of the WordPress REST API: <c>{code, message, data: {status, …}}</c>, in the shop's language.</summary>
internal sealed class WpError(int status, string code, string message, JsonObject? data = null) : Exception(message)
{
    internal int Status => status;

    internal string Code => code;

    internal JsonObject Body()
    {
        var all = new JsonObject { ["status"] = status };
        foreach (var (name, value) in data ?? [])
        {
            all[name] = value?.DeepClone();
        }

        return new() { ["code"] = code, ["message"] = Message, ["data"] = all };
    }

    internal static WpError Invalid(string name, string code, string message) => new(400, "rest_invalid_param",
        $"Paramètre(s) invalide(s)\u00A0: «\u00A0{name}\u00A0»", new()
        {
            ["params"] = new JsonObject { [name] = message },
            ["details"] = new JsonObject { [name] = new JsonObject { ["code"] = code, ["message"] = message, ["data"] = null } },
        });

    /// <summary>A value that is not in a list; <paramref name="shown"/> is how the message names it.</summary>
    internal static WpError NotInEnum(string name, IReadOnlyList<string> allowed, string? shown = null) => Invalid(name, "rest_not_in_enum",
        $"{shown ?? name} ne fait pas partie de {string.Join(", ", allowed.SkipLast(1))}, et {allowed[^1]}.");

    internal static WpError Missing(string name) => new(400, "rest_missing_callback_param", $"Paramètre(s) manquant(s)\u00A0: {name}",
        new() { ["params"] = new JsonArray(name) });

    internal static WpError NoRoute() =>
        new(404, "rest_no_route", "Aucune route correspondante à l’URL et à la méthode de requête n’a été trouvée.");

    internal static WpError BadId(string type, int status = 404) =>
        new(status, $"woocommerce_rest_{type}_invalid_id", status == 404 ? "ID non valide." : "L’ID n’est pas valide.");

    internal static WpError CannotView() => new(401, "woocommerce_rest_cannot_view", "Désolé, vous ne pouvez pas lister les ressources.");

    internal static WpError Authentication(string message) => new(401, "woocommerce_rest_authentication_error", message);
}
