using Relance.Agency;
using Relance.Api;
using Relance.Dashboard;

namespace Relance.Portal;

/// <summary>A client's pages: a GET shows, a POST of the form acts. Nobody signs in: whoever holds the link was mailed it.</summary>
internal sealed class ClientPages(ClientLinks links, ClientDesk desk, FormSeal seals, PortalGuard guard)
{
    private const int LongestBody = 16 * 1024;

    /// <summary>Maps <c>/c/{token}</c>.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription().AddEndpointFilter((call, next) =>
        {
            SecurityHeaders.OfClient(call.HttpContext);
            return next(call);
        });
        pages.MapMethods("/c/{**token}", [HttpMethods.Get, HttpMethods.Head], (HttpContext http, ClientPages client, string? token, CancellationToken ct) => client.ShowAsync(http, token, ct));
        pages.MapPost("/c/{**token}", (HttpContext http, ClientPages client, string? token, CancellationToken ct) => client.DecideAsync(http, token, ct)).WithMetadata(new LongestBodyOf(LongestBody));
    }

    private async Task<IResult> ShowAsync(HttpContext http, string? text, CancellationToken ct) =>
        links.Read(text) is { } token && await desk.LookAsync(token, ct) is { } view ? Page(http, token, view) : Refused(http);

    private async Task<IResult> DecideAsync(HttpContext http, string? text, CancellationToken ct)
    {
        if (links.Read(text) is not { } token || await desk.LookAsync(token, ct) is not { } view)
            return Refused(http);
        if (!view.Choice.IsOpen || view.AskedOn is not null)
            return Again(http, view);
        var form = IsOurs(http) ? await FormAsync(http, ct) : null;
        if (form is null)
            return Page(http, token, view, PageFault.Stale);
        // Some mail scanners submit forms: none ticks a box that is not ticked.
        if (form["confirm"] != "yes")
            return Page(http, token, view, PageFault.Unconfirmed);
        try
        {
            return await desk.DecideAsync(token, choice => seals.Fits(form.Raw("seal"), token, choice), ct) ? Again(http, view) : Page(http, token, view, PageFault.Stale);
        }
        catch (RefusedException)
        {
            return Refused(http);
        }
    }

    private IResult Page(HttpContext http, ClientToken token, ClientView view, PageFault fault = PageFault.None) => PortalLanguage.In(
        PortalLanguage.Of(http, view.Locale),
        Show.Page<Pages.ClientPage>(new { Token = token, View = view, Seal = seals.Make(token, view.Choice), Fault = fault }, fault switch
        {
            PageFault.None => StatusCodes.Status200OK,
            PageFault.Unconfirmed => StatusCodes.Status422UnprocessableEntity,
            _ => StatusCodes.Status409Conflict,
        }));

    // One page and one status for every link that opens nothing, whatever the reason.
    private IResult Refused(HttpContext http)
    {
        var tooMany = guard.IsTooMany(http.Connection.RemoteIpAddress);
        if (tooMany)
            http.Response.Headers.RetryAfter = "60";
        return PortalLanguage.In(PortalLanguage.Of(http, null), Show.Page<Pages.NoSuchLinkPage>(null, tooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status404NotFound));
    }

    // The page itself, by GET: a refresh repeats nothing. The address is relative, so that the token is not written once more.
    private static IResult Again(HttpContext http, ClientView view) => Show.Next(http, $"?{PortalLanguage.Parameter}={PortalLanguage.Of(http, view.Locale)}");

    // Fetch metadata (W3C): every current browser says where a request comes from. Whoever says nothing still needs the token and the seal.
    private static bool IsOurs(HttpContext http) => http.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin";

    private static async Task<Form?> FormAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType)
            return null;
        try
        {
            return await Form.ReadAsync(http, ct);
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            return null; // longer or stranger than our form: the page says that it was not ours
        }
    }
}

/// <summary>Why a form was shown again.</summary>
public enum PageFault
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>The box was not ticked.</summary>
    Unconfirmed,

    /// <summary>It is too old, of another page, or says what is not true any more.</summary>
    Stale,
}
