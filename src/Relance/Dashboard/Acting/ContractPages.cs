using Relance.Agency;

namespace Relance.Dashboard;

/// <summary>What a person decides about a contract: each on a page that says what it will do.</summary>
internal static class ContractPages
{
    public static void MapContracts(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/contracts/{id}/{action:regex(^(mark-paid|decline|end|flag|reopen|approve-price|clauses|client-kind|legal-notice|notice-given)$)}", OpenAsync);
        pages.MapPost("/contracts/{id}/{action:regex(^(mark-paid|decline|end|flag|reopen|approve-price|clauses|client-kind|legal-notice|notice-given)$)}", ActAsync);
    }

    private static async Task<IResult> OpenAsync(string id, string action, AgencyReads reads, CancellationToken ct) =>
        await PageAsync(id, action, Filled(await reads.ContractAsync(id, ct), reads.Today), reads, StatusCodes.Status200OK, ct);

    private static Form Filled(ContractDetail contract, DateOnly today) => Form.With(
        ("on", today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("kind", contract.ClientKind), ("notice", contract.Tacit?.Notice),
        ("renewalMonths", contract.Tacit?.RenewalMonths.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("reference", contract.Tacit?.Reference),
        ("online", contract.Tacit?.ConcludedOnline switch { true => "yes", false => "no", _ => "" }));

    private static async Task<IResult> ActAsync(string id, string action, HttpContext http, AgencyReads reads, ContractActions actions, ClientActions clients, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        var actor = SessionHandler.ActorOf(http);
        return await Show.AfterAsync(
            async () => Show.Next(http, $"/contracts/{id}", await Acting.DoAsync(async () => await TacitAsync(id, action, form, reads, actions, clients, actor, ct) ?? await DoAsync(id, action, form, actions, actor, ct))),
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

    // Null: the action is about something else.
    private static async Task<Flash?> TacitAsync(string id, string action, Form form, AgencyReads reads, ContractActions actions, ClientActions clients, Actor actor, CancellationToken ct)
    {
        switch (action)
        {
            case "clauses":
                await actions.SetClausesAsync(id, new ContractClauses(form.Optional("notice"), Number(form.Optional("renewalMonths")), form.Optional("reference"), form["online"] switch { "yes" => true, "no" => false, _ => null }), actor, ct);
                return new(Words.Say("Les clauses sont notées : les dates de l’information légale suivent.", "The clauses are recorded: the days of the legal notice follow."));
            case "client-kind":
                await clients.SetKindAsync((await reads.ContractAsync(id, ct)).Summary.ClientId, form["kind"], actor, ct);
                return new(Words.Say("Le type de client est noté.", "The kind of client is recorded."));
            case "legal-notice" when form["state"] == "on":
                await actions.SwitchNoticeOnAsync(id, actor, ct);
                return new(Words.Say("L’information légale partira.", "The legal notice will go."));
            case "legal-notice":
                await actions.SwitchNoticeOffAsync(id, form["reason"], actor, ct);
                return new(Words.Say("L’information légale ne partira pas.", "The legal notice will not go."));
            case "notice-given":
                await actions.NoticeGivenAsync(id, form.Date("on"), form["how"], actor, ct);
                return new(Words.Say("L’information légale est notée comme donnée.", "The legal notice is recorded as given."));
            default:
                return null;
        }
    }

    private static int? Number(string? text) => text is null ? null : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
        ? number
        : throw RefusedException.Invalid("renewalMonths", Words.Say("un nombre de mois", "a number of months"));

    private static async Task<IResult> PageAsync(string id, string action, Form form, AgencyReads reads, int status, CancellationToken ct) =>
        Show.Page<Pages.ContractActionPage>(new { View = await reads.ContractAsync(id, Words.Language, ct), Action = action, Form = form }, status);
}
