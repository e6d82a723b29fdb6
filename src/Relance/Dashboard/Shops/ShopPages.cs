using Relance.Agency;
using Relance.Operations.Backup;
using Relance.Plugin;
using Relance.Shops;
using Relance.Sync;

namespace Relance.Dashboard;

/// <summary>Shops: linking one, its state, its identity, its mode.</summary>
internal static class ShopPages
{
    public static void MapShops(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/shops", async (ShopLinker linker, CancellationToken ct) => Show.Page<Pages.ShopsPage>(new { Shops = await linker.ListAsync(ct) }));
        pages.MapGet("/shops/add", () => Show.Page<Pages.ShopAddPage>(new { Form = Form.With() }));
        pages.MapPost("/shops/add", AddAsync);
        pages.MapPost("/shops/invitations", InviteAsync);
        pages.MapGet("/shops/{id}", OpenAsync);
        pages.MapPost("/shops/{id}/check", CheckAsync);
        pages.MapPost("/shops/{id}/sync", SyncAsync);
        pages.MapPost("/shops/{id}/mode", ModeAsync);
        pages.MapPost("/shops/{id}/restored", RestoredAsync);
        pages.MapGet("/shops/{id}/identity", async (string id, SenderIdentities identities, CancellationToken ct) =>
            Show.Page<Pages.IdentityPage>(new { ShopId = id, Sender = await identities.GetAsync(id, ct), Form = IdentityForm.Of((await identities.GetAsync(id, ct)).Identity) }));
        pages.MapPost("/shops/{id}/identity", IdentityAsync);
    }

    private static async Task<IResult> AddAsync(HttpContext http, ShopLinker linker, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        var request = new LinkRequest(form["url"], form["key"], form["secret"], form.Has("private"), Test: form.Has("test"));
        return await Show.AfterAsync(
            async () =>
            {
                var shop = await Acting.DoAsync(() => linker.AddAsync(request, ct));
                return Show.Next(http, $"/shops/{shop.Id}", new Flash(Words.Say($"{shop.Name} est reliée, en essai à blanc : rien ne part.", $"{shop.Name} is linked, in dry run: nothing is sent.")));
            },
            refused => Task.FromResult<IResult>(Show.Page<Pages.ShopAddPage>(new { Form = form.Because(refused) }, Refusals.Status(refused))));
    }

    private static async Task<IResult> InviteAsync(HttpContext http, LinkCodes codes, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        return Show.Page<Pages.InvitationPage>(new { Code = await codes.InviteShopAsync(new LinkLeave(form.Has("plugin-test"), form.Has("plugin-private")), SessionHandler.ActorOf(http), ct) });
    }

    private static async Task<IResult> OpenAsync(string id, ShopLinker linker, SenderIdentities identities, CancellationToken ct) =>
        Show.Page<Pages.ShopPage>(new { Shop = await FindAsync(linker, id, ct), Sender = await identities.GetAsync(id, ct) });

    private static Task<IResult> CheckAsync(string id, HttpContext http, ShopLinker linker, CancellationToken ct) => Acting.ButtonAsync(http, $"/shops/{id}", async () =>
    {
        var check = await linker.CheckAsync(id, ct);
        return check.SiteMatches
            ? new Flash(Words.Say("La boutique répond, ses webhooks sont en ordre.", "The shop answers, its webhooks are in order."))
            : new Flash(Words.Say($"Le site annonce {check.Says} : une copie, ou il a déménagé. Rien n’y est écrit.", $"The site says {check.Says}: a copy, or it moved. Nothing is written to it."), Bad: true);
    });

    private static async Task<IResult> SyncAsync(string id, HttpContext http, ShopLinker linker, ShopPull pull, CancellationToken ct)
    {
        var back = Show.Local((await Form.ReadAsync(http, ct)).Optional("back") ?? $"/shops/{id}");
        return await Acting.ButtonAsync(http, back, async () =>
        {
            var read = await pull.SyncAsync(await FindAsync(linker, id, ct), ct);
            return new Flash(Words.Count(read, "commande ou abonnement lu.", "commandes et abonnements lus.", "order or subscription read.", "orders and subscriptions read."));
        });
    }

    // Never live: that has its own page, with the list of what will leave.
    private static async Task<IResult> ModeAsync(string id, HttpContext http, ShopLinker linker, CancellationToken ct)
    {
        var mode = (await Form.ReadAsync(http, ct))["mode"];
        return await Acting.ButtonAsync(http, $"/shops/{id}", async () =>
        {
            if (mode is not ("dry-run" or "redirect"))
                throw RefusedException.Invalid("mode", "dry-run, redirect");
            var change = await linker.ChangeModeAsync(id, mode, SessionHandler.ActorOf(http), ct);
            return new Flash(Words.Say($"Mode : {Labels.Mode(change.Shop.Mode).Text}. Ce qui était planifié est retiré.", $"Mode: {Labels.Mode(change.Shop.Mode).Text}. What was planned is withdrawn."));
        });
    }

    private static async Task<IResult> RestoredAsync(string id, HttpContext http, RestoredShops restored, CancellationToken ct)
    {
        var nothingSent = (await Form.ReadAsync(http, ct)).Has("nothing-sent");
        return await Acting.ButtonAsync(http, $"/shops/{id}", async () =>
        {
            await restored.ConfirmAsync(id, nothingSent, SessionHandler.ActorOf(http), ct);
            return new Flash(Words.Say("La boutique reprend.", "The shop works again."));
        });
    }

    private static async Task<IResult> IdentityAsync(string id, HttpContext http, SenderIdentities identities, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        return await Show.AfterAsync(
            async () =>
            {
                await identities.SetAsync(id, IdentityForm.Read(form), SessionHandler.ActorOf(http), ct);
                if (await IdentityForm.LogoAsync(http, ct) is { } logo)
                    await identities.SetLogoAsync(id, logo, SessionHandler.ActorOf(http), ct);
                return Show.Next(http, $"/shops/{id}", new Flash(Words.Say("L’identité est enregistrée.", "The identity is saved.")));
            },
            async refused => Show.Page<Pages.IdentityPage>(new { ShopId = id, Sender = await identities.GetAsync(id, ct), Form = form.Because(refused) }, Refusals.Status(refused)));
    }

    /// <summary>One linked shop.</summary>
    public static async Task<LinkedShop> FindAsync(ShopLinker linker, string id, CancellationToken ct) =>
        (await linker.ListAsync(ct)).FirstOrDefault(shop => shop.Id == id) ?? throw RefusedException.NotFound("shop", id);
}
