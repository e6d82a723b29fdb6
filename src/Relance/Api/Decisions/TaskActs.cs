using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;

namespace Relance.Api;

/// <summary>How a task ended.</summary>
/// <param name="Outcome">One of the task's outcomes; one that acts is carried out.</param>
/// <param name="Note">What was said or done; some outcomes need it.</param>
public sealed record TaskEnd(string Outcome, string? Note = null)
{
    /// <summary>An example for the documentation.</summary>
    public static TaskEnd Example { get; } = new("paid", "VIR 2026-12-16 Benali");
}

/// <summary>A later day.</summary>
/// <param name="Until">After today, a year ahead at most.</param>
public sealed record Postponement(DateOnly Until)
{
    /// <summary>An example for the documentation.</summary>
    public static Postponement Example { get; } = new(ApiExample.Day.AddDays(3));
}

/// <summary>Which contract a purchase renews.</summary>
/// <param name="Contract">The id of one that waits for the answer; null: none of them.</param>
public sealed record PurchaseAnswer(string? Contract)
{
    /// <summary>An example for the documentation.</summary>
    public static PurchaseAnswer Example { get; } = new(ApiExample.Id);
}

/// <summary>What a person did about a task.</summary>
internal static class TaskActs
{
    public static void MapTaskActs(this IEndpointRouteBuilder api)
    {
        var task = api.MapGroup("/tasks/{id}").WithTags("Tasks");
        task.MapPost("/close", CloseAsync).Is("closeTask", KeyScope.Act, "Close a task", "With one of its outcomes; those that act (`acts`) are carried out first, and refused where they cannot be.");
        task.MapPost("/postpone", PostponeAsync).Is("postponeTask", KeyScope.Act, "Put a task off", "It is due again on that day.");
        task.MapPost("/reopen", ReopenAsync).Is("reopenTask", KeyScope.Act, "Open a task again", "What its outcome did is not undone.");
        task.MapPost("/answer", AnswerAsync).Is("answerPurchase", KeyScope.Act, "Say which contract a purchase renews", "Answers a task of the kind `which-contract`; the contracts that are not meant go on.");
    }

    private static async Task<Ok<TaskItem>> CloseAsync(string id, TaskEnd body, AgencyTasks tasks, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await tasks.CloseAsync(id, body.Outcome, body.Note, http.User.Actor(), ct);
        return await ShowAsync(id, reads, ct);
    }

    private static async Task<Ok<TaskItem>> PostponeAsync(string id, Postponement body, AgencyTasks tasks, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await tasks.PostponeAsync(id, body.Until, http.User.Actor(), ct);
        return await ShowAsync(id, reads, ct);
    }

    private static async Task<Ok<TaskItem>> ReopenAsync(string id, AgencyTasks tasks, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await tasks.ReopenAsync(id, http.User.Actor(), ct);
        return await ShowAsync(id, reads, ct);
    }

    private static async Task<Ok<TaskItem>> AnswerAsync(string id, PurchaseAnswer body, ContractActions actions, AgencyReads reads, HttpContext http, CancellationToken ct)
    {
        await actions.AnswerAsync(id, body.Contract, http.User.Actor(), ct);
        return await ShowAsync(id, reads, ct);
    }

    private static async Task<Ok<TaskItem>> ShowAsync(string id, AgencyReads reads, CancellationToken ct) => TypedResults.Ok(await reads.TaskAsync(id, "en", ct));
}
