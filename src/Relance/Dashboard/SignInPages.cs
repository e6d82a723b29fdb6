using Relance.Agency;

namespace Relance.Dashboard;

/// <summary>Signing in and out, and the language; open to everybody.</summary>
internal static class SignInPages
{
    public static void MapSignIn(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/login", (string? back) => Show.Page<Pages.LoginPage>(new { Form = Form.With(("back", back)) }));
        pages.MapPost("/login", LoginAsync);
        pages.MapPost("/logout", LogoutAsync);
        pages.MapPost("/language", LanguageAsync);
    }

    /// <summary>Opens a session for somebody whose password was right.</summary>
    public static async Task EnterAsync(HttpContext http, Sessions sessions, Account account, CancellationToken ct)
    {
        Cookies.SetSession(http, await sessions.StartAsync(account.Id, ct));
        Cookies.SetDevice(http, await sessions.RememberAsync(account.Id, ct));
    }

    private static async Task<IResult> LoginAsync(HttpContext http, SignIn signIn, Sessions sessions, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        var result = await signIn.TryAsync(form["email"], form.Raw("password"), Cookies.Device(http), http.Connection.RemoteIpAddress, ct);
        if (result.Outcome == SignInOutcome.Welcome)
        {
            await EnterAsync(http, sessions, result.Account!, ct);
            return Show.Next(http, Show.Local(form["back"]));
        }
        var wait = result.Outcome == SignInOutcome.Wait;
        if (wait)
            http.Response.Headers.RetryAfter = Math.Ceiling(result.Wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Show.Page<Pages.LoginPage>(new { Form = form, Problem = wait ? TooMany(result.Wait) : Wrong }, wait ? StatusCodes.Status429TooManyRequests : StatusCodes.Status422UnprocessableEntity);
    }

    private static string Wrong => Words.Say("Adresse ou mot de passe incorrect.", "Wrong address or password.");

    private static string TooMany(TimeSpan wait)
    {
        var minutes = Words.Count((long)Math.Ceiling(wait.TotalMinutes), "minute", "minutes", "minute", "minutes");
        return Words.Say($"Trop de tentatives. Réessayez dans {minutes}.", $"Too many tries. Try again in {minutes}.");
    }

    private static async Task<IResult> LogoutAsync(HttpContext http, Sessions sessions, CancellationToken ct)
    {
        if (Cookies.Session(http) is { } token)
            await sessions.EndAsync(token, ct);
        Cookies.SetSession(http, null);
        return Show.Next(http, "/login", new Flash(Words.Say("Vous êtes déconnecté.", "You are signed out.")));
    }

    private static async Task<IResult> LanguageAsync(HttpContext http, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        if (!Words.Languages.Contains(form["to"], StringComparer.Ordinal))
            throw RefusedException.Invalid("to", string.Join(", ", Words.Languages));
        Cookies.SetLanguage(http, form["to"]);
        return Show.Next(http, Show.Local(form["back"]));
    }
}
