using System.Security.Claims;
using Relance.Agency;

namespace Relance.Api;

/// <summary>The key behind a request.</summary>
internal static class Caller
{
    private const string Scope = "scope";

    public static ClaimsPrincipal Identify(AccessKey key, string scheme) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, key.Id), new(ClaimTypes.Name, key.Name), new(Scope, KeyRow.Text(key.Scope))], scheme));

    /// <summary>The key's public id.</summary>
    public static string KeyId(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier)!;

    /// <summary>Who the journal names.</summary>
    public static Actor Actor(this ClaimsPrincipal user) => new(Agency.Actor.OfKey, user.FindFirstValue(ClaimTypes.Name)!);

    /// <summary>Whether the key may do what needs a scope.</summary>
    public static bool Has(this ClaimsPrincipal user, KeyScope needed) =>
        Enum.TryParse<KeyScope>(user.FindFirstValue(Scope), ignoreCase: true, out var held) && held >= needed;
}
