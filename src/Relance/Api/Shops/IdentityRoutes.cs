using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;
using Relance.Operations;
using Relance.Shops;

namespace Relance.Api;

/// <summary>Who writes for a shop.</summary>
/// <param name="Identity">The identity in use.</param>
/// <param name="IsOwn">False: the shop has none of its own, and that of the settings is used.</param>
/// <param name="HasLogo">A logo is set.</param>
/// <param name="Missing">What is still missing before going live.</param>
public sealed record IdentityBody(SenderSettings Identity, bool IsOwn, bool HasLogo, IReadOnlyList<SenderFault> Missing)
{
    /// <summary>An example for the documentation.</summary>
    public static IdentityBody Example { get; } = new(Sender, true, false, [new("phone", "the telephone number that clients may call")]);

    internal static SenderSettings Sender => new() { TradeName = "Agence Exemple", Siren = "732829320", Address = "1 rue de la Paix, 75002 Paris", Email = "contact@agence.example", Iban = "FR7630006000011234567890189" };

    internal static IdentityBody Of(ShopSender sender) => new(sender.Identity, sender.IsOwn, sender.Logo is not null, sender.Missing);
}

/// <summary>Sender identities and logos.</summary>
internal static class IdentityRoutes
{
    private const int LongestLogo = 1024 * 1024;

    public static void MapIdentities(this IEndpointRouteBuilder api)
    {
        var identity = api.MapGroup("/shops/{id}/identity").WithTags("Sender identity");
        identity.MapGet("/", GetAsync).Is("getIdentity", KeyScope.Read, "Show who writes for a shop", "Its own identity, else that of the settings, and what is missing before going live.");
        identity.MapPut("/", SetAsync).Is("setIdentity", KeyScope.Admin, "Say who writes for a shop", "Replaces the identity as a whole. Nothing is kept when one field is wrong: SIREN (Luhn), IBAN (mod 97), addresses.");
        identity.MapDelete("/", ResetAsync).Is("resetIdentity", KeyScope.Admin, "Take a shop's own identity away", "That of the settings is used again.");
        identity.MapGet("/logo", LogoAsync).Produces<Stream>(contentType: "image/png").Is("getLogo", KeyScope.Read, "Show the logo", "PNG or JPEG, as it was given.");
        identity.MapPut("/logo", SetLogoAsync).Accepts<Stream>("image/png", "image/jpeg").WithMetadata(new LongestBodyOf(LongestLogo)).Is("setLogo", KeyScope.Admin, "Set the logo", "Each mail carries it as an inline image: PNG or JPEG, small.");
        identity.MapDelete("/logo", RemoveLogoAsync).Is("removeLogo", KeyScope.Admin, "Remove the logo", "Mails show the trade name only.");
    }

    private static async Task<Ok<IdentityBody>> GetAsync(string id, SenderIdentities identities, CancellationToken ct) =>
        TypedResults.Ok(IdentityBody.Of(await identities.GetAsync(id, ct)));

    private static async Task<Ok<IdentityBody>> SetAsync(string id, SenderSettings body, SenderIdentities identities, HttpContext http, CancellationToken ct)
    {
        await identities.SetAsync(id, body, http.User.Actor(), ct);
        return await GetAsync(id, identities, ct);
    }

    private static async Task<Ok<IdentityBody>> ResetAsync(string id, SenderIdentities identities, HttpContext http, CancellationToken ct)
    {
        await identities.ResetAsync(id, http.User.Actor(), ct);
        return await GetAsync(id, identities, ct);
    }

    private static async Task<FileContentHttpResult> LogoAsync(string id, SenderIdentities identities, CancellationToken ct) =>
        (await identities.GetAsync(id, ct)).Logo is { } logo
            ? TypedResults.Bytes(logo.Bytes.ToArray(), logo.MediaType)
            : throw new RefusedException(Refusal.NotFound, "id", "this shop has no logo");

    private static async Task<Ok<IdentityBody>> SetLogoAsync(string id, Stream body, SenderIdentities identities, HttpContext http, CancellationToken ct)
    {
        using var image = new MemoryStream();
        await body.CopyToAsync(image, ct);
        await identities.SetLogoAsync(id, image.ToArray(), http.User.Actor(), ct);
        return await GetAsync(id, identities, ct);
    }

    private static async Task<Ok<IdentityBody>> RemoveLogoAsync(string id, SenderIdentities identities, HttpContext http, CancellationToken ct)
    {
        await identities.SetLogoAsync(id, null, http.User.Actor(), ct);
        return await GetAsync(id, identities, ct);
    }
}
