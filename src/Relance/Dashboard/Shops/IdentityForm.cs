using Relance.Agency;
using Relance.Operations;

namespace Relance.Dashboard;

/// <summary>A sender's identity as a form.</summary>
internal static class IdentityForm
{
    private const int LongestLogo = 1024 * 1024;

    /// <summary>The identity in the form's fields, named as in refusals.</summary>
    public static Form Of(SenderSettings sender) => Form.With(
        ("tradeName", sender.TradeName), ("legalForm", sender.LegalForm), ("siren", sender.Siren), ("address", sender.Address), ("phone", sender.Phone),
        ("email", sender.Email), ("from", sender.From), ("replyTo", sender.ReplyTo), ("iban", sender.Iban), ("bic", sender.Bic), ("website", sender.Website), ("mediator", sender.Mediator));

    /// <summary>The identity that was typed; its checks are the service's.</summary>
    public static SenderSettings Read(Form form) => new()
    {
        TradeName = form["tradeName"],
        LegalForm = form.Optional("legalForm"),
        Siren = form.Optional("siren"),
        Address = form.Optional("address"),
        Phone = form.Optional("phone"),
        Email = form["email"],
        From = form["from"],
        ReplyTo = form["replyTo"],
        Iban = form.Optional("iban"),
        Bic = form.Optional("bic"),
        Website = form.Optional("website"),
        Mediator = form.Optional("mediator"),
    };

    /// <summary>The image that was sent; null when none was.</summary>
    /// <exception cref="RefusedException">It is too large to be a logo.</exception>
    public static async Task<ReadOnlyMemory<byte>?> LogoAsync(HttpContext http, CancellationToken ct)
    {
        var file = (await http.Request.ReadFormAsync(ct)).Files["logo"];
        if (file is null or { Length: 0 })
            return null;
        if (file.Length > LongestLogo)
            throw RefusedException.Invalid("logo", Words.Say("une image d’un mégaoctet au plus", "an image of one megabyte at most"));
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, ct);
        return copy.ToArray();
    }
}
