using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;

namespace Relance.Api;

/// <summary>Clauses of a contract that renews tacitly; what is left out stays as it is.</summary>
/// <param name="Notice">How long before the end a refusal must arrive: <c>P2M</c>, <c>P30D</c>.</param>
/// <param name="RenewalMonths">Months by which it renews.</param>
/// <param name="Reference">The reference that the signed contract bears.</param>
/// <param name="ConcludedOnline">Concluded online (C. consom. L215-1-1).</param>
public sealed record ClausesOrder(string? Notice = null, int? RenewalMonths = null, string? Reference = null, bool? ConcludedOnline = null)
{
    /// <summary>An example for the documentation.</summary>
    public static ClausesOrder Example { get; } = new("P2M", 12, "CM-2024-017", true);
}

/// <summary>What the law sees in a client.</summary>
/// <param name="Kind">consumer, business, non-professional, public or unknown.</param>
public sealed record ClientKindOrder(string Kind)
{
    /// <summary>An example for the documentation.</summary>
    public static ClientKindOrder Example { get; } = new("consumer");
}

/// <summary>What a person records about tacit renewal and its legal notice.</summary>
internal static class TacitActs
{
    public static void MapTacitActs(this IEndpointRouteBuilder api)
    {
        var contract = api.MapGroup("/contracts/{id}").WithTags("Contracts");
        contract.MapPost("/clauses", ClausesAsync).Is("setClauses", KeyScope.Act, "Record clauses", "Notice period, renewal duration, reference, concluded online: the days of the legal notice follow. A repeat changes nothing.");
        contract.MapPost("/legal-notice", SwitchAsync).Is("switchLegalNotice", KeyScope.Act, "Switch the legal notice off or on", "Off needs a reason, and holds for every term until it is switched on again. Nothing but this and an end keeps a legal notice from going.");
        contract.MapPost("/legal-notice-given", GivenAsync).Is("legalNoticeGiven", KeyScope.Act, "The legal notice was given another way", "Such as by registered letter, on a lawful day of the running term: none is mailed.");
        api.MapPost("/clients/{id}/kind", KindAsync).WithTags("Clients").Is("setClientKind", KeyScope.Act, "Say what a client is", "Decides which notices protect the client; unknown is protected like a consumer. A repeat changes nothing.");
    }

    private static async Task<Ok<ContractDetail>> ClausesAsync(string id, ClausesOrder body, ContractActions actions, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await actions.SetClausesAsync(id, new ContractClauses(body.Notice, body.RenewalMonths, body.Reference, body.ConcludedOnline), http.User.Actor(), ct);
        return TypedResults.Ok(await reads.ContractAsync(id, ct));
    }

    private static async Task<Ok<ContractDetail>> SwitchAsync(string id, LegalNoticeOrder body, ContractActions actions, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await (body.On ? actions.SwitchNoticeOnAsync(id, http.User.Actor(), ct) : actions.SwitchNoticeOffAsync(id, body.Reason ?? "", http.User.Actor(), ct));
        return TypedResults.Ok(await reads.ContractAsync(id, ct));
    }

    private static async Task<Ok<ContractDetail>> GivenAsync(string id, NoticeGivenOrder body, ContractActions actions, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await actions.NoticeGivenAsync(id, body.On, body.How, http.User.Actor(), ct);
        return TypedResults.Ok(await reads.ContractAsync(id, ct));
    }

    private static async Task<NoContent> KindAsync(string id, ClientKindOrder body, ClientActions actions, HttpContext http, CancellationToken ct)
    {
        await actions.SetKindAsync(id, body.Kind, http.User.Actor(), ct);
        return TypedResults.NoContent();
    }
}
