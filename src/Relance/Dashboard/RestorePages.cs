using Microsoft.AspNetCore.Http.Features;
using Relance.Agency;
using Relance.Operations;

namespace Relance.Dashboard;

/// <summary>Takes a backup in, on an instance without a shop: by the link that makes the first account, or from the settings.</summary>
internal static class RestorePages
{
    private const string FileField = "backup";

    public static void MapRestore(this IEndpointRouteBuilder open) => open.MapPost("/setup/{token}/restore", ByLinkAsync);

    public static void MapRestoreInside(this IEndpointRouteBuilder inside) => inside.MapPost("/settings/restore", FromSettingsAsync);

    /// <summary>Looks at the link before a byte of the body is read: a backup has no largest size, and not everybody may send one.</summary>
    public static async ValueTask<object?> AdmitAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var http = call.HttpContext;
        if (http.GetRouteValue("token") is string token && await OpensAsync(http, token) is false)
            return SetUpPages.Gone();
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions { MultipartBodyLengthLimit = long.MaxValue }));
        return await next(call);
    }

    private static async Task<bool> OpensAsync(HttpContext http, string token) =>
        await http.RequestServices.GetRequiredService<Accounts>().OfLinkAsync(token, http.RequestAborted) is { Id: "" };

    private static Task<IResult> ByLinkAsync(string token, HttpContext http, Accounts accounts, SetUpPages pages, CancellationToken ct) =>
        RestoreAsync(http, accounts, ct, (form, status) => pages.PageAsync(token, form, status, ct));

    private static Task<IResult> FromSettingsAsync(HttpContext http, Accounts accounts, SettingsPages pages, CancellationToken ct) =>
        RestoreAsync(http, accounts, ct, (form, status) => pages.PageAsync(form, status, ct));

    private static async Task<IResult> RestoreAsync(HttpContext http, Accounts accounts, CancellationToken ct, Func<Form, int, Task<IResult>> again)
    {
        var form = await Form.ReadAsync(http, ct);
        return await Show.AfterAsync(
            async () =>
            {
                var report = await RestoreAsync(http, form, ct);
                Cookies.SetSession(http, null);
                // A backup without an account: whoever restored it makes the first one.
                var next = await accounts.FirstLinkAsync(CancellationToken.None) is { } link ? link.Url.AbsolutePath : "/login";
                return Show.Next(http, next, new Flash(Restored(report)));
            },
            refused => again(form.Because(refused), Refusals.Status(refused)));
    }

    // Once the file is here, a browser that goes away stops nothing: it is all or nothing anyway.
    private static async Task<RestoreReport> RestoreAsync(HttpContext http, Form form, CancellationToken ct)
    {
        var file = (await http.Request.ReadFormAsync(ct)).Files[FileField];
        if (file is null or { Length: 0 })
            throw RefusedException.Invalid(FileField, "expected a file written by 'relance backup'");
        await using var stream = file.OpenReadStream();
        var settings = http.RequestServices.GetRequiredService<RelanceSettings>();
        var passphrase = form.Raw("passphrase") is { Length: > 0 } typed ? typed : settings.Backup.Passphrase;
        return await http.RequestServices.GetRequiredService<Backups>().RestoreAsync(stream, passphrase, progress: null, CancellationToken.None);
    }

    private static string Restored(RestoreReport report)
    {
        var shops = Words.Count(report.Shops.Count, "boutique", "boutiques", "shop", "shops");
        var rows = Words.Count(report.Manifest.Rows, "ligne", "lignes", "row", "rows");
        return Words.Say(
            $"La sauvegarde est restaurée : {shops}, {rows}. Les comptes sont ceux de la sauvegarde. Rien ne part tant que vous n’avez pas confirmé, sur la page de chaque boutique, que l’ancienne installation est arrêtée.",
            $"The backup is restored: {shops}, {rows}. The accounts are those of the backup. Nothing leaves until you confirm, on each shop’s page, that the former installation is stopped.");
    }
}
