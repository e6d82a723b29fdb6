namespace Relance.Dashboard;

/// <summary>What a set-up link opens: the first account, or a new password.</summary>
internal static class SetUpPages
{
    public static void MapSetUp(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/setup/{token}", OpenAsync);
        pages.MapPost("/setup/{token}", CompleteAsync);
    }

    // Opening does not use it up: mail scanners and link previews open links.
    private static async Task<IResult> OpenAsync(string token, Accounts accounts, CancellationToken ct) =>
        await accounts.OfLinkAsync(token, ct) is { } account ? Page(account, Form.With()) : Gone();

    private static async Task<IResult> CompleteAsync(string token, HttpContext http, Accounts accounts, Sessions sessions, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        return await Show.AfterAsync(
            async () =>
            {
                var account = await accounts.CompleteAsync(token, form["email"], form["name"], form.Raw("password"), ct);
                await SignInPages.EnterAsync(http, sessions, account, ct);
                return Show.Next(http, "/", new Flash(Words.Say("Bienvenue. Votre mot de passe est enregistré.", "Welcome. Your password is set.")));
            },
            async refused => await accounts.OfLinkAsync(token, ct) is { } account ? Page(account, form.Because(refused), Refusals.Status(refused)) : Gone());
    }

    private static IResult Page(Account account, Form form, int status = StatusCodes.Status200OK) => Show.Page<Pages.SetUpPage>(new { For = account, Form = form }, status);

    private static IResult Gone() => Show.Page<Pages.LinkGonePage>(status: StatusCodes.Status404NotFound);
}
