using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;

namespace Relance.Api;

/// <summary>Contracts and their cycles, as they stand.</summary>
internal static class ContractReads
{
    public static void MapContractReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/today", TodayAsync).WithTags("Today").Is("showToday", KeyScope.Read, "Show today",
            "What leaves today, what waits for approval, what bounced, what is overdue, which shops are silent, and the contracts by standing.");
        var contracts = api.MapGroup("/contracts").WithTags("Contracts");
        contracts.MapGet("/", ListAsync).Is("listContracts", KeyScope.Read, "List contracts", "In the order in which Relance met them, each with what comes next, or why nothing does.");
        contracts.MapGet("/{id}", GetAsync).Is("getContract", KeyScope.Read, "Show a contract", "With its flags, pauses, tasks, cycles and its whole timeline, the mails included.");
        api.MapGet("/cycles", CyclesAsync).WithTags("Contracts").Is("listCycles", KeyScope.Read, "List cycles", "A cycle is one term of one contract being asked for: its steps, and what became of each. The newest first.");
    }

    private static async Task<Ok<TodayView>> TodayAsync(string? locale, AgencyReads reads, CancellationToken ct) =>
        TypedResults.Ok(await reads.TodayAsync(Locale.Of(locale), ct));

    private static async Task<Ok<Listing<ContractSummary>>> ListAsync(
        string? shop, string? standing, string? search, [AsParameters] PageQuery page, HttpContext http, AgencyReads reads, CancellationToken ct) =>
        http.Answer(await reads.ContractsAsync(new(shop, standing, search, page.After, page.Size), ct), contract => contract);

    private static async Task<Ok<ContractDetail>> GetAsync(string id, string? locale, AgencyReads reads, CancellationToken ct) =>
        TypedResults.Ok(await reads.ContractAsync(id, Locale.Of(locale), ct));

    private static async Task<Ok<Listing<CycleSummary>>> CyclesAsync(
        string? shop, string? contract, string? state, [AsParameters] PageQuery page, HttpContext http, AgencyReads reads, CancellationToken ct) =>
        http.Answer(await reads.CyclesAsync(new(shop, contract, state, page.After, page.Size), ct), cycle => cycle);
}
