using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;
using Relance.Plugin;

namespace Relance.Api;

/// <summary>What a code allows besides the link; the plugin that shows it cannot allow itself more.</summary>
/// <param name="Test">A staging site or a stub: may be live, never becomes a real shop.</param>
/// <param name="AllowPrivateAddress">The shop is on a private network.</param>
/// <param name="AllowInvalidCertificate">Its certificate is not checked.</param>
public sealed record InvitationOrder(bool Test = false, bool AllowPrivateAddress = false, bool AllowInvalidCertificate = false)
{
    /// <summary>An example for the documentation.</summary>
    public static InvitationOrder Example { get; } = new();
}

/// <summary>A code, shown once.</summary>
/// <param name="Code">To be typed in the plugin's settings.</param>
/// <param name="ExpiresAt">Until when it links.</param>
public sealed record InvitationBody(string Code, DateTimeOffset ExpiresAt)
{
    /// <summary>An example for the documentation.</summary>
    public static InvitationBody Example { get; } = new("K7QX-3MWD-9RTA", ApiExample.Instant);

    internal static InvitationBody Of(NewCode code) => new(code.Code, code.ExpiresAt);
}

/// <summary>Invitations of shops and maintained sites, and the notice on these.</summary>
internal static class InvitationRoutes
{
    public static void MapInvitations(this IEndpointRouteBuilder api)
    {
        api.MapPost("/shops/invitations", ShopAsync).WithTags("Shops").Is("inviteShop", KeyScope.Admin, "Invite a shop", "A code that links one shop by its plugin, once, within ten minutes. It is shown here only.");
        var contract = api.MapGroup("/contracts/{id}").WithTags("Contracts");
        contract.MapPost("/site-invitations", SiteAsync).Is("inviteSite", KeyScope.Admin, "Invite the maintained site", "A code that links the site that this contract maintains, once, within ten minutes. A site that was linked before is forgotten.");
        contract.MapPost("/site-notice", NoticeAsync).Is("switchSiteNotice", KeyScope.Act, "Show or hide the suspension on the maintained site",
            "To its administrators only, never to visitors. Shown only while the contract is suspended and its clauses allow it; a payment hides it.");
    }

    private static async Task<Ok<InvitationBody>> ShopAsync(InvitationOrder body, LinkCodes codes, HttpContext http, CancellationToken ct) =>
        TypedResults.Ok(InvitationBody.Of(await codes.InviteShopAsync(new LinkLeave(body.Test, body.AllowPrivateAddress, body.AllowInvalidCertificate), http.User.Actor(), ct)));

    private static async Task<Ok<InvitationBody>> SiteAsync(string id, LinkCodes codes, HttpContext http, CancellationToken ct) =>
        TypedResults.Ok(InvitationBody.Of(await codes.InviteSiteAsync(id, http.User.Actor(), ct)));

    private static async Task<Ok<ContractDetail>> NoticeAsync(string id, SiteNoticeOrder body, ContractActions actions, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await (body.Show ? actions.ShowNoticeAsync(id, http.User.Actor(), ct) : actions.HideNoticeAsync(id, http.User.Actor(), ct));
        return TypedResults.Ok(await reads.ContractAsync(id, ct));
    }
}

/// <summary>Whether the suspension is shown.</summary>
/// <param name="Show">Show it, or hide it.</param>
public sealed record SiteNoticeOrder(bool Show)
{
    /// <summary>An example for the documentation.</summary>
    public static SiteNoticeOrder Example { get; } = new(true);
}
