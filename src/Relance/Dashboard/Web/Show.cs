using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;

namespace Relance.Dashboard;

/// <summary>Answers with pages, and after a form with a way to the next one.</summary>
internal static class Show
{
    private const DynamicallyAccessedMemberTypes All = DynamicallyAccessedMemberTypes.All;

    /// <summary>A page.</summary>
    public static RazorComponentResult Page<[DynamicallyAccessedMembers(All)] T>(object? parameters = null, int status = StatusCodes.Status200OK)
        where T : IComponent => new(typeof(T), parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>The page after an action (POST, redirect, GET).</summary>
    public static IResult Next(HttpContext http, string path, Flash? flash = null)
    {
        if (flash is not null)
            http.RequestServices.GetRequiredService<Flashes>().Leave(http, flash);
        return new SeeOther(path);
    }

    /// <summary>Acts, and goes on; when it is refused, shows the form again with the fault at its field.</summary>
    public static async Task<IResult> AfterAsync(Func<Task<IResult>> act, Func<RefusedException, Task<IResult>> again)
    {
        try
        {
            return await act();
        }
        catch (RefusedException refused)
        {
            return await again(refused);
        }
    }

    /// <summary>A path of ours to come back to; anything else is the first page.</summary>
    public static string Local(string? path) => path is { Length: > 0 } && path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl) ? path : "/";

    private sealed class SeeOther(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
