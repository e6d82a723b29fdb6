using Relance.Shops;

namespace Relance.Dashboard;

/// <summary>Going live: what blocks, the next thirty days message by message, and the confirmation of this very list.</summary>
internal static class GoLivePages
{
    public static void MapGoLive(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/shops/{id}/live", async (string id, bool? suspend, GoingLive going, CancellationToken ct) =>
            Show.Page<Pages.GoLivePage>(new { Report = await Acting.DoAsync(() => going.CheckAsync(id, ct, suspend == true)), Form = Form.With() }));
        pages.MapPost("/shops/{id}/live", ConfirmAsync);
    }

    private static async Task<IResult> ConfirmAsync(string id, HttpContext http, GoingLive going, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        var suspend = form.Has("suspend");
        return await Show.AfterAsync(
            async () =>
            {
                var shop = await Acting.DoAsync(() => going.ConfirmAsync(id, form["fingerprint"], SessionHandler.ActorOf(http), ct, suspend));
                return Show.Next(http, $"/shops/{id}", new Flash(Words.Say($"{shop.Name} est en service : les clients reçoivent leurs messages.", $"{shop.Name} is live: clients get their messages.")));
            },
            async refused => Show.Page<Pages.GoLivePage>(new { Report = await Acting.DoAsync(() => going.CheckAsync(id, ct, suspend)), Form = form.Because(refused) }, Refusals.Status(refused)));
    }
}
