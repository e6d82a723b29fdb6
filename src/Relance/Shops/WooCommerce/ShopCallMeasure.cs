using System.Diagnostics;
using System.Globalization;
using System.Net;
using Relance.Operations.Observing;

namespace Relance.Shops.WooCommerce;

/// <summary>Times one call; one that gets no answer counts as <c>none</c>.</summary>
internal sealed class ShopCallMeasure : IDisposable
{
    private readonly RestCall _call;
    private readonly TimeProvider _clock;
    private readonly long _began;
    private readonly Activity? _span;
    private string _status = "none";

    public ShopCallMeasure(RestCall call, TimeProvider clock)
    {
        (_call, _clock, _began) = (call, clock, clock.GetTimestamp());
        _span = Telemetry.Span("shop-call", ("method", call.Method.Method), ("resource", Resource(call.Path)));
    }

    public void Answered(HttpStatusCode status) => _status = ((int)status).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose()
    {
        _span?.SetTag("status", _status);
        _span?.Dispose();
        Telemetry.ShopCalls.Record(_clock.GetElapsedTime(_began).TotalSeconds, new("method", _call.Method.Method), new("resource", Resource(_call.Path)), new("status", _status));
    }

    // Ids would make a series of each order.
    private static string Resource(string path) => string.Join('/', path.Split('/').Where(part => part.Length > 0 && !char.IsAsciiDigit(part[0])));
}
