using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Localization;
using Relance.Agency;

namespace Relance.Dashboard;

/// <summary>The pages: their services, what every one of them passes through, and their routes.</summary>
internal static class DashboardApp
{
    /// <summary>Marks the routes that are pages.</summary>
    private sealed record PageRoute;

    /// <summary>Registers what the pages need.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.Name, null);
        services.AddAuthorization();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "relance-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        return services.AddSingleton<Accounts>().AddSingleton<SignInGuard>().AddSingleton<SignIn>().AddSingleton<Sessions>().AddSingleton<Flashes>().AddSingleton<ImportDrafts>().AddSingleton<SetUpPages>().AddSingleton<SettingsPages>();
    }

    /// <summary>Maps every page. Each needs a session unless it says otherwise.</summary>
    public static void MapDashboard(this WebApplication app)
    {
        app.UseWhen(http => http.GetEndpoint()?.Metadata.GetMetadata<PageRoute>() is not null, page => page
            .UseRequestLocalization(Localize)
            .Use((http, next) =>
            {
                SecurityHeaders.OfPage(http);
                return next(http);
            }));
        StyleFile.Map(app);
        var pages = PagesOf(app);
        var open = pages.MapGroup("").AllowAnonymous();
        open.MapSignIn();
        SetUpPages.Map(open);
        var inside = Inside(pages);
        inside.MapReading();
        inside.MapLegal();
        inside.MapContracts();
        inside.MapTasks();
        inside.MapApprovals();
        inside.MapPauses();
        inside.MapShops();
        inside.MapImport();
        inside.MapGoLive();
        SettingsPages.Map(inside);
        var large = PagesOf(app.MapGroup("").AddEndpointFilter(RestorePages.AdmitAsync));
        large.MapGroup("").AllowAnonymous().MapRestore();
        Inside(large).MapRestoreInside();
        // Whatever else a person types; machines get their own answers under their own roots.
        inside.MapGet("/{**path:regex(^(?!(api|openapi|hooks|health|inbound|assets|plugin|sites)(/|$)).*$)}", (string? path) => Show.Page<Pages.Fault>(new { Status = StatusCodes.Status404NotFound }, StatusCodes.Status404NotFound));
    }

    // Also where nobody must be signed in the session is looked at: a form's token is made for whoever is.
    private static RouteGroupBuilder PagesOf(IEndpointRouteBuilder routes) => routes.MapGroup("").WithMetadata(new PageRoute()).ExcludeFromDescription()
        .AddEndpointFilter(RefuseForgeriesAsync).AddEndpointFilter(ExplainAsync)
        .RequireAuthorization(policy => policy.AddAuthenticationSchemes(SessionHandler.Name).RequireAssertion(_ => true));

    private static RouteGroupBuilder Inside(RouteGroupBuilder pages) =>
        pages.MapGroup("").RequireAuthorization(policy => policy.AddAuthenticationSchemes(SessionHandler.Name).RequireAuthenticatedUser());

    private static void Localize(RequestLocalizationOptions options)
    {
        options.SetDefaultCulture(Words.Languages[0]).AddSupportedCultures(Words.Languages).AddSupportedUICultures(Words.Languages);
        options.RequestCultureProviders =
        [
            new CustomRequestCultureProvider(http => Task.FromResult(http.Request.Cookies[Cookies.Language] is { } chosen ? new ProviderCultureResult(chosen) : null)),
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
    }

    // What no handler said at a field, such as an id that is not there.
    private static async ValueTask<object?> ExplainAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        try
        {
            return await next(call);
        }
        catch (RefusedException refused)
        {
            return Show.Page<Pages.Fault>(new { Status = Refusals.Status(refused), Refused = refused }, Refusals.Status(refused));
        }
    }

    // Every form is checked here, also one whose handler forgets to read it.
    private static async ValueTask<object?> RefuseForgeriesAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var http = call.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            return await next(call);
        return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
            ? await next(call)
            : Show.Page<Pages.Fault>(new { Status = StatusCodes.Status400BadRequest }, StatusCodes.Status400BadRequest);
    }
}
