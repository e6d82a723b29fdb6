using Relance.Agency;

namespace Relance.Dashboard;

/// <summary>What a person decides about a contract: each on a page that says what it will do.</summary>
internal static class ContractPages
{
    public static void MapContracts(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/contracts/{id}/{action:regex(^(mark-paid|decline|end|flag|reopen|approve-price)$)}", OpenAsync);
        pages.MapPost("/contracts/{id}/{action:regex(^(mark-paid|decline|end|flag|reopen|approve-price)$)}", ActAsync);
    }

    private static async Task<IResult> OpenAsync(string id, string action, AgencyReads reads, CancellationToken ct) =>
        await PageAsync(id, action, Form.With(("on", reads.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))), reads, StatusCodes.Status200OK, ct);

    private static async Task<IResult> ActAsync(string id, string action, HttpContext http, AgencyReads reads, ContractActions actions, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        var actor = SessionHandler.ActorOf(http);
        return await Show.AfterAsync(
            async () => Show.Next(http, $"/contracts/{id}", await Acting.DoAsync(() => DoAsync(id, action, form, actions, actor, ct))),
            refused => PageAsync(id, action, form.Because(refused), reads, Refusals.Status(refused), ct));
    }

    private static async Task<Flash> DoAsync(string id, string action, Form form, ContractActions actions, Actor actor, CancellationToken ct)
    {
        var undo = $"/contracts/{id}/reopen";
        switch (action)
        {
            case "mark-paid":
                await actions.MarkPaidAsync(id, form.Date("on"), form.Optional("reference"), actor, ct);
                return new(Words.Say("Le paiement est noté : les relances s’arrêtent.", "The payment is noted: reminders stop."));
            case "decline":
                await actions.DeclineAsync(id, form["reason"], actor, ct);
                return new(Words.Say("Le client ne renouvelle pas : les relances s’arrêtent.", "The client declines: reminders stop."), undo);
            case "end":
                await actions.EndAsync(id, form["reason"], actor, ct);
                return new(Words.Say("Le contrat est terminé.", "The contract is ended."), undo);
            case "flag":
                await actions.SetFlagAsync(id, form["flag"] == "insolvent" ? ContractFlag.Insolvent : ContractFlag.Dispute, form["state"] != "off", form["reason"], actor, ct);
                return new(form["state"] == "off" ? Words.Say("Le signalement est levé.", "The flag is cleared.") : Words.Say("Le signalement est posé : les relances s’arrêtent.", "The flag is set: reminders stop."));
            case "approve-price":
                await actions.ApprovePriceAsync(id, actor, ct);
                return new(Words.Say("Le nouveau prix est approuvé.", "The new price is approved."));
            default:
                await actions.ReopenAsync(id, actor, ct);
                return new(Words.Say("Le contrat est rouvert.", "The contract is open again."));
        }
    }

    private static async Task<IResult> PageAsync(string id, string action, Form form, AgencyReads reads, int status, CancellationToken ct) =>
        Show.Page<Pages.ContractActionPage>(new { View = await reads.ContractAsync(id, Words.Language, ct), Action = action, Form = form }, status);
}
