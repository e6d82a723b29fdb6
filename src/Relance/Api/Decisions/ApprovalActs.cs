using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;

namespace Relance.Api;

/// <summary>Yes, no, and back.</summary>
internal static class ApprovalActs
{
    public static void MapApprovalActs(this IEndpointRouteBuilder api)
    {
        var approval = api.MapGroup("/approvals/{id}").WithTags("Approvals");
        approval.MapPost("/approve", ApproveAsync).Is("approve", KeyScope.Act, "Let a message go", "It leaves in the next window. 409 when it is no longer true: the planner then decides anew. The id is the message's.");
        approval.MapPost("/reject", RejectAsync).Is("reject", KeyScope.Act, "Do not let a message go", "Its steps count as decided for this term. The id is the message's.");
        approval.MapPost("/withdraw", WithdrawAsync).Is("withdraw", KeyScope.Act, "Take an answer back", "While the message has not left. The id is the message's.");
    }

    private static async Task<Ok<MessageDetail>> ApproveAsync(string id, Approvals approvals, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await approvals.ApproveAsync(id, http.User.Actor(), ct);
        return TypedResults.Ok(await reads.MessageAsync(id, ct));
    }

    private static async Task<Ok<MessageDetail>> RejectAsync(string id, ReasonOrder body, Approvals approvals, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await approvals.RejectAsync(id, body.Reason, http.User.Actor(), ct);
        return TypedResults.Ok(await reads.MessageAsync(id, ct));
    }

    private static async Task<Ok<MessageDetail>> WithdrawAsync(string id, Approvals approvals, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await approvals.WithdrawAsync(id, http.User.Actor(), ct);
        return TypedResults.Ok(await reads.MessageAsync(id, ct));
    }
}
