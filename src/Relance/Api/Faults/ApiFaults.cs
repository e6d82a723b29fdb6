using System.Text.Json;
using Relance.Agency;
using Relance.Domain.Law;
using Relance.Shops;

namespace Relance.Api;

/// <summary>Turns what is thrown into problems; no stack trace leaves.</summary>
internal sealed class ApiFaults(RequestDelegate next, ILogger<ApiFaults> logger)
{
    /// <summary>Runs the rest, and answers in its place when it throws.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody listens any more.
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception fault) when (!http.Response.HasStarted && fault is not OutOfMemoryException)
        {
            http.Response.Headers.ContentDisposition = default;
            await AnswerAsync(http, fault);
        }
    }

    private Task AnswerAsync(HttpContext http, Exception fault)
    {
        switch (fault)
        {
            case RefusedException refused:
                return Problems.WriteAsync(http, Of(refused.Why), Detail(refused), refused.Field);
            case LinkRefusedException refused:
                var field = refused.Message.Split(':')[0];
                return Problems.WriteAsync(http, field == "id" ? Problem.NotFound : Problem.Invalid, refused.Message, field);
            case RateMissingException missing:
                return Problems.WriteAsync(http, Problem.Invalid, $"paid: {missing.Message}", "paid");
            case ShopException shop:
                return Problems.WriteAsync(http, Problem.ShopFailed, shop.Message);
            case BadHttpRequestException { InnerException: JsonException json }:
                var where = JsonFault.Of(http, json);
                return Problems.WriteAsync(http, where.IsSyntax ? Problem.BadJson : Problem.Invalid, where.Detail, where.Field);
            case BadHttpRequestException bad:
                var (problem, detail, name) = RequestFault.Of(http, bad);
                return Problems.WriteAsync(http, problem, detail, name);
            default:
                logger.RequestFailed(fault, http.Request.Method, http.GetEndpoint()?.DisplayName);
                return Problems.WriteAsync(http, Problem.Failed, "The log of the service says why, under this trace id.");
        }
    }

    private static string Detail(RefusedException refused)
    {
        var expected = refused.Why == Refusal.Invalid && !refused.Expected.StartsWith("expected", StringComparison.Ordinal) ? "expected " : "";
        return $"{refused.Field}: {expected}{refused.Expected.TrimEnd('.')}.";
    }

    private static Problem Of(Refusal why) => why switch
    {
        Refusal.NotFound => Problem.NotFound,
        Refusal.Conflict => Problem.Conflict,
        _ => Problem.Invalid,
    };
}
