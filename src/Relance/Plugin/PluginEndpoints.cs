using System.Text.Json;
using Relance.Agency;
using Relance.Inbox;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Plugin;

/// <summary>What the plugin asks for: <c>POST /plugin/link</c> by a code, then <c>POST /plugin/{shop}</c>, signed (docs/plugin-protocol.md).</summary>
internal static class PluginEndpoints
{
    private const int LongestBody = 64 * 1024;
    /// <summary>The header that signs, as WooCommerce's webhooks have it.</summary>
    public const string Signature = "X-WC-Webhook-Signature";

    /// <summary>Registers what the plugin needs.</summary>
    public static IServiceCollection AddPlugin(this IServiceCollection services) => services
        .AddSingleton<LinkCodes>().AddSingleton<PluginLinks>().AddSingleton<SignedCalls>().AddSingleton<WrongCodes>()
        .AddSingleton<PluginStatuses>().AddSingleton<PluginActions>().AddSingleton<Sites>().AddSingleton<PluginUnlink>();

    /// <summary>Maps the routes.</summary>
    public static void MapPlugin(this IEndpointRouteBuilder routes)
    {
        var plugin = routes.MapGroup("/plugin").AllowAnonymous().ExcludeFromDescription().AddEndpointFilter<PluginFaults>();
        plugin.MapPost("/link", LinkAsync).WithName("plugin-link");
        plugin.MapPost("/{shopId}", CallAsync).WithName("plugin-call");
    }

    /// <summary>The JSON object of a request.</summary>
    /// <exception cref="RefusedException">It is none, or too long.</exception>
    public static async Task<byte[]> BodyAsync(HttpRequest request, CancellationToken ct) =>
        await InboxEndpoint.BodyAsync(request, LongestBody, ct) ?? throw PluginBody.Wrong("body", $"at most {LongestBody} bytes");

    private static async Task<IResult> LinkAsync(HttpRequest request, PluginLinks links, WrongCodes wrong, CancellationToken ct)
    {
        var address = request.HttpContext.Connection.RemoteIpAddress;
        wrong.Check(address);
        var body = PluginBody.Parse(await BodyAsync(request, ct));
        var order = new LinkOrder(body.Text("code"), body.Text("url", 2000), body.Text("consumer_key"), body.Text("consumer_secret"), body.Optional("plugin_version", 40) ?? "");
        // Not cancelled when the plugin hangs up: the shop is called back meanwhile, and a link is made whole.
        var link = await wrong.CountAsync(address, () => links.LinkAsync(order, CancellationToken.None));
        var answer = new
        {
            shop_id = link.Shop.Id,
            webhook_url = LinkWebhooks.DeliveryUrl(request.HttpContext.RequestServices.GetRequiredService<RelanceSettings>().PublicUrl, link.Shop.Id).AbsoluteUri,
            webhook_secret = link.WebhookSecret,
            mode = link.Shop.Mode,
            test = link.Shop.Test == 1,
            service_version = typeof(PluginEndpoints).Assembly.GetName().Version!.ToString(3),
        };
        return TypedResults.Json(answer, (JsonSerializerOptions?)null, statusCode: link.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> CallAsync(string shopId, HttpRequest request, InboxGate gate, SignedCalls calls, PluginActions actions, Database database, CancellationToken ct)
    {
        var raw = await BodyAsync(request, ct);
        if (await gate.AdmitAsync(shopId, raw, request.Headers[Signature], ct) is null || await database.ReadAsync(s => LinkedShop.FindAsync(s, shopId), ct) is not { } shop)
            throw new StaleCallException($"{Signature}: expected that of this body, made with the secret of the link.");
        var body = PluginBody.Parse(raw);
        await calls.AdmitAsync(shopId, body, ct);
        return await actions.DoAsync(shop, body, CancellationToken.None);
    }
}
