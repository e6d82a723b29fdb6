using Relance.Agency;

namespace Relance.Dashboard;

/// <summary>One message that waits for a yes: read it, then decide.</summary>
internal static class ApprovalPages
{
    public static void MapApprovals(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/approvals/{id}", async (string id, AgencyReads reads, CancellationToken ct) =>
            Show.Page<Pages.ApprovalPage>(new { View = await reads.MessageAsync(id, ct), Form = Form.With() }));
        pages.MapPost("/approvals/{id}/approve", (string id, HttpContext http, Approvals approvals, CancellationToken ct) => Acting.ButtonAsync(http, "/approvals", async () =>
        {
            await approvals.ApproveAsync(id, SessionHandler.ActorOf(http), ct);
            return new Flash(Words.Say("Approuvé : le message partira à la prochaine heure d’envoi.", "Approved: the message leaves in the next sending hours."), $"/approvals/{id}/withdraw");
        }));
        pages.MapPost("/approvals/{id}/withdraw", (string id, HttpContext http, Approvals approvals, CancellationToken ct) => Acting.ButtonAsync(http, "/approvals", async () =>
        {
            await approvals.WithdrawAsync(id, SessionHandler.ActorOf(http), ct);
            return new Flash(Words.Say("L’accord est retiré : le message attend à nouveau.", "The approval is withdrawn: the message waits again."));
        }));
        pages.MapPost("/approvals/{id}/reject", RejectAsync);
    }

    private static async Task<IResult> RejectAsync(string id, HttpContext http, Approvals approvals, AgencyReads reads, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        return await Show.AfterAsync(
            async () =>
            {
                await Acting.DoAsync(async () =>
                {
                    await approvals.RejectAsync(id, form["reason"], SessionHandler.ActorOf(http), ct);
                    return id;
                });
                return Show.Next(http, "/approvals", new Flash(Words.Say("Refusé : ce message ne partira pas.", "Rejected: this message will not leave."), $"/approvals/{id}/withdraw"));
            },
            async refused => Show.Page<Pages.ApprovalPage>(new { View = await reads.MessageAsync(id, ct), Form = form.Because(refused) }, Refusals.Status(refused)));
    }
}
