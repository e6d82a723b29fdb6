using Relance.Agency;

namespace Relance.Dashboard;

/// <summary>The buttons of tasks.</summary>
internal static class TaskPages
{
    private const int PostponedDays = 3;

    public static void MapTasks(this IEndpointRouteBuilder pages)
    {
        pages.MapPost("/tasks/{id}/close", CloseAsync);
        pages.MapPost("/tasks/{id}/reopen", (string id, HttpContext http, AgencyTasks tasks, CancellationToken ct) => Acting.ButtonAsync(http, "/tasks", async () =>
        {
            await tasks.ReopenAsync(id, SessionHandler.ActorOf(http), ct);
            return new Flash(Words.Say("La tâche est rouverte.", "The task is open again."));
        }));
    }

    private static async Task<IResult> CloseAsync(string id, HttpContext http, AgencyTasks tasks, AgencyReads reads, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        var actor = SessionHandler.ActorOf(http);
        return await Acting.ButtonAsync(http, Show.Local(form["back"]), async () =>
        {
            if (form["outcome"] == "postpone")
            {
                await tasks.PostponeAsync(id, reads.Today.AddDays(PostponedDays), actor, ct);
                return new Flash(Words.Say("La tâche est reportée de trois jours.", "The task is put off by three days."));
            }

            await tasks.CloseAsync(id, form["outcome"], form.Optional("note"), actor, ct);
            return new Flash(Words.Say("La tâche est faite.", "The task is done."), $"/tasks/{id}/reopen");
        });
    }
}
