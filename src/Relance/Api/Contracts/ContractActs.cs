using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;

namespace Relance.Api;

/// <summary>A payment that the shop does not know of.</summary>
/// <param name="On">The local day on which the money arrived.</param>
/// <param name="Reference">Of the transfer or cheque.</param>
public sealed record PaymentOrder(DateOnly On, string? Reference = null)
{
    /// <summary>An example for the documentation.</summary>
    public static PaymentOrder Example { get; } = new(ApiExample.Day, "VIR 2026-12-16 Benali");
}

/// <summary>Why a person decides so; it is journaled.</summary>
/// <param name="Reason">In the person's words.</param>
public sealed record ReasonOrder(string Reason)
{
    /// <summary>An example for the documentation.</summary>
    public static ReasonOrder Example { get; } = new("The client said so by telephone");
}

/// <summary>A flag to set or to clear.</summary>
/// <param name="Flag">What it says.</param>
/// <param name="On">Set it, or clear it.</param>
/// <param name="Reason">In the person's words.</param>
public sealed record FlagOrder(ContractFlag Flag, bool On, string Reason)
{
    /// <summary>An example for the documentation.</summary>
    public static FlagOrder Example { get; } = new(ContractFlag.Dispute, true, "Disputes the invoice of November");
}

/// <summary>Whether the legal notice goes.</summary>
/// <param name="On">Let it go, or keep it from going.</param>
/// <param name="Reason">In the person's words; needed to keep it from going.</param>
public sealed record LegalNoticeOrder(bool On, string? Reason = null)
{
    /// <summary>An example for the documentation.</summary>
    public static LegalNoticeOrder Example { get; } = new(false, "The client signed another contract");
}

/// <summary>A legal notice that was given another way.</summary>
/// <param name="On">The local day on which it left.</param>
/// <param name="How">How, and its number.</param>
public sealed record NoticeGivenOrder(DateOnly On, string How)
{
    /// <summary>An example for the documentation.</summary>
    public static NoticeGivenOrder Example { get; } = new(new(2026, 8, 28), "Registered letter 1A 234 567 8901 2");
}

/// <summary>What a person decides about a contract.</summary>
internal static class ContractActs
{
    public static void MapContractActs(this IEndpointRouteBuilder api)
    {
        var contract = api.MapGroup("/contracts/{id}").WithTags("Contracts");
        contract.MapPost("/mark-paid", PaidAsync).Is("markPaid", KeyScope.Act, "Mark as paid", "Closes the open term exactly as an order would: reminders stop, and, once live, the renewal order is completed in the shop. A repeat changes nothing.");
        contract.MapPost("/decline", DeclineAsync).Is("declineContract", KeyScope.Act, "The client does not renew", "Reminders stop, our open order is cancelled, the shop is told. Reopening undoes it.");
        contract.MapPost("/end", EndAsync).Is("endContract", KeyScope.Act, "End a contract", "Reminders stop, our open order is cancelled, the shop is told. Reopening undoes it.");
        contract.MapPost("/reopen", ReopenAsync).Is("reopenContract", KeyScope.Act, "Undo a refusal or an end", "Only one that a person entered, and while its term can still be renewed.");
        contract.MapPost("/flag", FlagAsync).Is("flagContract", KeyScope.Act, "Set or clear a flag", "A dispute stops all reminders of the contract; an insolvency (C. com., L622-21) those of its client.");
        contract.MapPost("/approve-price", PriceAsync).Is("approvePrice", KeyScope.Act, "Approve a changed price", "The open order's price becomes the contract's, and reminders go on.");
    }

    private static async Task<Ok<ContractDetail>> PaidAsync(string id, PaymentOrder body, ContractActions actions, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await actions.MarkPaidAsync(id, body.On, body.Reference, http.User.Actor(), ct);
        return TypedResults.Ok(await reads.ContractAsync(id, ct));
    }

    private static async Task<Ok<ContractDetail>> DeclineAsync(string id, ReasonOrder body, ContractActions actions, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await actions.DeclineAsync(id, body.Reason, http.User.Actor(), ct);
        return TypedResults.Ok(await reads.ContractAsync(id, ct));
    }

    private static async Task<Ok<ContractDetail>> EndAsync(string id, ReasonOrder body, ContractActions actions, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await actions.EndAsync(id, body.Reason, http.User.Actor(), ct);
        return TypedResults.Ok(await reads.ContractAsync(id, ct));
    }

    private static async Task<Ok<ContractDetail>> ReopenAsync(string id, ContractActions actions, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await actions.ReopenAsync(id, http.User.Actor(), ct);
        return TypedResults.Ok(await reads.ContractAsync(id, ct));
    }

    private static async Task<Ok<ContractDetail>> FlagAsync(string id, FlagOrder body, ContractActions actions, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await actions.SetFlagAsync(id, body.Flag, body.On, body.Reason, http.User.Actor(), ct);
        return TypedResults.Ok(await reads.ContractAsync(id, ct));
    }

    private static async Task<Ok<ContractDetail>> PriceAsync(string id, ContractActions actions, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await actions.ApprovePriceAsync(id, http.User.Actor(), ct);
        return TypedResults.Ok(await reads.ContractAsync(id, ct));
    }
}
