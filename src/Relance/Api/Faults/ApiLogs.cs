namespace Relance.Api;

/// <summary>The messages of this folder.</summary>
internal static partial class ApiLogs
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception fault, string method, string? endpoint);
}
