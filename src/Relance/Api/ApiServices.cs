using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Relance.Api;

/// <summary>Registers the API.</summary>
internal static class ApiServices
{
    /// <summary>Keys, problems, JSON and the document that describes it all.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<AccessKeys>().AddSingleton<WrongKeys>().AddSingleton<IdempotencyStore>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.Scheme_, null);
        services.AddAuthorizationBuilder().AddPolicy(ScopeRequirement.Policy, policy => policy
            .AddAuthenticationSchemes(KeyAuthentication.Scheme_).RequireAuthenticatedUser().AddRequirements(new ScopeRequirement()));
        services.AddSingleton<Microsoft.AspNetCore.Authorization.IAuthorizationHandler, ScopeRequirement>();
        services.AddProblemDetails();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        return services.AddApiDocument();
    }

    private static void Configure(JsonSerializerOptions json)
    {
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.PropertyNameCaseInsensitive = false;
        json.MaxDepth = 16;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.RespectNullableAnnotations = true;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        json.TypeInfoResolver = (json.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(AmountJson.Join);
        json.RespectRequiredConstructorParameters = true;
    }
}
