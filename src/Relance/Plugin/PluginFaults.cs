using Relance.Agency;
using Relance.Shops;

namespace Relance.Plugin;

/// <summary>Turns refusals into problems whose detail is for people (RFC 9457).</summary>
internal sealed partial class PluginFaults(ILogger<PluginFaults> logger) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            return await next(context);
        }
        catch (StaleCallException refused)
        {
            return Problem(StatusCodes.Status401Unauthorized, "The call is not signed as expected.", refused.Message);
        }
        catch (CodeRefusedException refused)
        {
            return Problem(StatusCodes.Status403Forbidden, "The code links nothing.", refused.Message);
        }
        catch (TooManyCodesException refused)
        {
            context.HttpContext.Response.Headers.RetryAfter = "60";
            return Problem(StatusCodes.Status429TooManyRequests, "Too many wrong codes.", refused.Message);
        }
        catch (RefusedException refused)
        {
            return Problem(StatusCodes.Status422UnprocessableEntity, "A field holds what it must not hold.", $"{refused.Message}.", refused.Field);
        }
        catch (LinkRefusedException refused)
        {
            return Problem(StatusCodes.Status422UnprocessableEntity, "This shop cannot be linked.", refused.Message, refused.Message.Split(':')[0]);
        }
        catch (ShopException silent)
        {
            NotCalledBack(silent);
            return Problem(StatusCodes.Status422UnprocessableEntity, "The shop does not answer as expected when it is called back.", silent.Message, "url");
        }
    }

    private static IResult Problem(int status, string title, string detail, string? field = null) => TypedResults.Problem(
        detail, statusCode: status, title: title, extensions: field is null ? null : new Dictionary<string, object?> { ["errors"] = new Dictionary<string, string[]> { [field] = [detail] } });

    [LoggerMessage(LogLevel.Warning, "A plugin asked for a link, and its shop did not answer when it was called back")]
    private partial void NotCalledBack(Exception e);
}
