using Microsoft.AspNetCore.Authorization;

namespace Relance.Api;

/// <summary>The scope that an operation needs.</summary>
internal sealed record RequiredScope(KeyScope Scope);

/// <summary>Asks for the scope that the operation declares; one that declares none is refused.</summary>
internal sealed class ScopeRequirement : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    /// <summary>Name of the policy that every operation of the API is under.</summary>
    public const string Policy = "api";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.Resource is HttpContext http && http.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is { } needed && context.User.Has(needed.Scope))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
