namespace Relance.Plugin;

/// <summary>What the plugin asks on a maintained site: <c>POST /sites/link</c> by a code, then <c>POST /sites/{site}</c>, signed.</summary>
internal static class SiteEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapSites(this IEndpointRouteBuilder routes)
    {
        var sites = routes.MapGroup("/sites").AllowAnonymous().ExcludeFromDescription().AddEndpointFilter<PluginFaults>();
        sites.MapPost("/link", LinkAsync).WithName("site-link");
        sites.MapPost("/{siteId}", AskAsync).WithName("site-call");
    }

    private static async Task<IResult> LinkAsync(HttpRequest request, Sites sites, WrongCodes wrong, CancellationToken ct)
    {
        var address = request.HttpContext.Connection.RemoteIpAddress;
        wrong.Check(address);
        var body = PluginBody.Parse(await PluginEndpoints.BodyAsync(request, ct));
        var site = await wrong.CountAsync(address, () => sites.LinkAsync(body.Text("code"), body.Text("url", 2000), CancellationToken.None));
        return TypedResults.Json(new { site_id = site.Id, secret = site.Secret }, (System.Text.Json.JsonSerializerOptions?)null, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> AskAsync(string siteId, HttpRequest request, Sites sites, CancellationToken ct)
    {
        var answer = await sites.AnswerAsync(siteId, await PluginEndpoints.BodyAsync(request, ct), request.Headers[PluginEndpoints.Signature], ct);
        return TypedResults.Json(new
        {
            show_notice = answer.ShowNotice,
            since = answer.Since,
            agency = new { name = answer.Agency.TradeName, email = answer.Agency.ReplyTo, phone = answer.Agency.Phone },
            pay_url = answer.PayUrl,
        });
    }
}
