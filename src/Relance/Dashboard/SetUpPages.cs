using Relance.Shops;

namespace Relance.Dashboard;

/// <summary>What a set-up link opens: the first account, or a new password.</summary>
internal sealed class SetUpPages(Accounts accounts, ShopLinker linker)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/setup/{token}", OpenAsync);
        pages.MapPost("/setup/{token}", CompleteAsync);
    }

    /// <summary>The page of a link, or that of one that opens nothing.</summary>
    public async Task<IResult> PageAsync(string token, Form form, int status, CancellationToken ct)
    {
        if (await accounts.OfLinkAsync(token, ct) is not { } account)
            return Gone();
        // A restore never mixes with what is there.
        var restore = account.Id.Length == 0 && (await linker.ListAsync(ct)).Count == 0 ? $"/setup/{token}/restore" : null;
        return Show.Page<Pages.SetUpPage>(new { For = account, Form = form, Action = $"/setup/{token}", Restore = restore }, status);
    }

    /// <summary>The page of a link that opens nothing.</summary>
    public static IResult Gone() => Show.Page<Pages.LinkGonePage>(status: StatusCodes.Status404NotFound);

    // Opening does not use it up: mail scanners and link previews open links.
    private static Task<IResult> OpenAsync(string token, SetUpPages pages, CancellationToken ct) => pages.PageAsync(token, Form.With(), StatusCodes.Status200OK, ct);

    private static async Task<IResult> CompleteAsync(string token, HttpContext http, SetUpPages pages, Accounts accounts, Sessions sessions, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        return await Show.AfterAsync(
            async () =>
            {
                var account = await accounts.CompleteAsync(token, form["email"], form["name"], form.Raw("password"), ct);
                await SignInPages.EnterAsync(http, sessions, account, ct);
                return Show.Next(http, "/", new Flash(Words.Say("Bienvenue. Votre mot de passe est enregistré.", "Welcome. Your password is set.")));
            },
            refused => pages.PageAsync(token, form.Because(refused), Refusals.Status(refused), ct));
    }
}
