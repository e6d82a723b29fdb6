using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Relance.Api;

/// <summary>A kind of problem (RFC 9457): its name ends <c>type</c>.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Name">Last part of the URN.</param>
/// <param name="Title">The same sentence each time.</param>
internal sealed record Problem(int Status, string Name, string Title)
{
    public static readonly Problem BadJson = new(400, "bad-json", "The body cannot be read.");
    public static readonly Problem NoKey = new(401, "no-key", "A key is needed.");
    public static readonly Problem ScopeTooSmall = new(403, "scope-too-small", "The key may not do this.");
    public static readonly Problem NotFound = new(404, "not-found", "There is no such thing.");
    public static readonly Problem WrongMethod = new(405, "wrong-method", "This cannot be done with that method.");
    public static readonly Problem Conflict = new(409, "conflict", "It contradicts the present state.");
    public static readonly Problem TooLarge = new(413, "too-large", "The body is too large.");
    public static readonly Problem WrongContentType = new(415, "wrong-content-type", "The body is of another kind than expected.");
    public static readonly Problem Invalid = new(422, "invalid", "A field holds what it must not hold.");
    public static readonly Problem TooManyWrongKeys = new(429, "too-many-wrong-keys", "Too many wrong keys.");
    public static readonly Problem Failed = new(500, "failed", "Relance failed; nothing more can be said here.");
    public static readonly Problem ShopFailed = new(502, "shop-failed", "The shop did not answer as expected.");

    public static IReadOnlyList<Problem> All { get; } =
        [BadJson, NoKey, ScopeTooSmall, NotFound, WrongMethod, Conflict, TooLarge, WrongContentType, Invalid, TooManyWrongKeys, Failed, ShopFailed];

    public string Type => $"urn:relance:problem:{Name}";
}

/// <summary>Writes problems.</summary>
internal static class Problems
{
    /// <summary>Answers with a problem, and its trace id.</summary>
    /// <param name="detail">Names the field and what was expected; never a secret.</param>
    public static Task WriteAsync(HttpContext http, Problem problem, string detail, string? field = null)
    {
        var details = new ProblemDetails { Type = problem.Type, Title = problem.Title, Status = problem.Status, Detail = detail };
        details.Extensions["traceId"] = Activity.Current?.Id ?? http.TraceIdentifier;
        if (field is not null)
            details.Extensions["field"] = field;
        return TypedResults.Problem(details).ExecuteAsync(http);
    }

    /// <summary>Answers where the framework set a status and wrote nothing.</summary>
    public static Task WriteAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        return http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => WriteAsync(http, Problem.NotFound, $"{http.Request.Path}: there is no such route."),
            StatusCodes.Status405MethodNotAllowed => WriteAsync(http, Problem.WrongMethod, $"{http.Request.Method}: expected one of {http.Response.Headers.Allow}."),
            StatusCodes.Status413PayloadTooLarge => WriteAsync(http, Problem.TooLarge, RequestFault.TooLarge(http), "body"),
            StatusCodes.Status415UnsupportedMediaType => WriteAsync(http, Problem.WrongContentType, RequestFault.WrongContentType(http), "Content-Type"),
            _ => Task.CompletedTask,
        };
    }
}
