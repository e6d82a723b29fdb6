using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Relance.Agency;

namespace Relance.Dashboard;

/// <summary>Knows a person by the session's cookie; sends everybody else to the login.</summary>
internal sealed class SessionHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string Name = "session";

    /// <summary>Who acts, for the journal.</summary>
    public static Actor ActorOf(HttpContext http) => new(Actor.OfPerson, http.User.FindFirstValue(ClaimTypes.Name)!);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Cookies.Session(Context) is not { } token)
            return AuthenticateResult.NoResult();
        if (await sessions.FindAsync(token, Context.RequestAborted) is not { } account)
            return AuthenticateResult.Fail("The session ended.");
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, account.Id), new(ClaimTypes.Name, account.Name), new(ClaimTypes.Email, account.Email)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // After a form whose session ended there is nothing to come back to.
        var back = HttpMethods.IsGet(Request.Method) ? QueryString.Create("back", Request.Path + Request.QueryString).Value : "";
        Response.StatusCode = StatusCodes.Status303SeeOther;
        Response.Headers.Location = "/login" + back;
        return Task.CompletedTask;
    }
}
