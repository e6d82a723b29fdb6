namespace Relance.Api;

/// <summary>What every operation declares besides its route.</summary>
internal static class Operation
{
    /// <summary>The scope it needs: without one it is refused.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, KeyScope scope)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new RequiredScope(scope));

    /// <summary>Its scope and its part of the document.</summary>
    /// <param name="name">Its <c>operationId</c>.</param>
    /// <param name="summary">One line.</param>
    /// <param name="description">What it does, what it changes, and what cannot be undone.</param>
    public static RouteHandlerBuilder Is(this RouteHandlerBuilder route, string name, KeyScope scope, string summary, string description) =>
        route.WithName(name).Needs(scope).WithSummary(summary).WithDescription(description);
}
