using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Relance.Shops.WooCommerce;

/// <summary>Time limits and retries of calls to a shop.</summary>
internal static class RestPipeline
{
    /// <summary>Tries again what may succeed: time-outs, network, 408, 429 and 5xx; of a call that creates, only what surely did not happen.</summary>
    public static ResiliencePipeline<RestAnswer> Create(ShopLimits limits, bool creates, TimeProvider clock)
    {
        var builder = new ResiliencePipelineBuilder<RestAnswer> { TimeProvider = clock }.AddTimeout(limits.Call);
        if (limits.Retries > 0)
            builder.AddRetry(Retries(limits, creates, clock));
        return builder.AddTimeout(limits.Try).Build();
    }

    private static RetryStrategyOptions<RestAnswer> Retries(ShopLimits limits, bool creates, TimeProvider clock) => new()
    {
        MaxRetryAttempts = limits.Retries,
        Delay = limits.FirstWait,
        MaxDelay = limits.LongestWait,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = args => ValueTask.FromResult(args.Outcome switch
        {
            { Exception: { } failure } => creates ? NeverLeft(failure) : IsPassing(failure),
            { Result: { } answer } => (creates ? NotExecuted(answer) : IsPassing(answer)) && !(answer.RetryAfter(clock.GetUtcNow()) > limits.LongestWait),
            _ => false,
        }),
        // "At once" would be answered at once as well: the usual waits then.
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter(clock.GetUtcNow()) is { } wait && wait > TimeSpan.Zero ? wait : (TimeSpan?)null),
    };

    /// <summary>The request was not sent: no connection was made.</summary>
    public static bool NeverLeft(Exception failure) => failure is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        InnerException: not PrivateAddressException,
    };

    /// <summary>The shop says that it did not even begin.</summary>
    public static bool NotExecuted(RestAnswer answer) => answer.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    private static bool IsPassing(Exception failure) =>
        failure is TimeoutRejectedException or IOException
        || failure is HttpRequestException { HttpRequestError: not HttpRequestError.ConfigurationLimitExceeded, InnerException: not PrivateAddressException };

    private static bool IsPassing(RestAnswer answer) =>
        answer.Status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || ((int)answer.Status >= 500 && answer.Status != HttpStatusCode.NotImplemented);
}
