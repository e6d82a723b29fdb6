using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Relance.Operations.Observing;

/// <summary>What Relance measures. Attributes are codes and our own ids: never a name, an address, an amount or a secret.</summary>
/// <remarks>Without a listener a measurement costs a few nanoseconds. Units are UCUM codes, as OpenTelemetry asks.</remarks>
internal static class Telemetry
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "Relance";

    private static readonly Meter s_meter = new(Name);
    private static readonly ActivitySource s_source = new(Name);

    /// <summary>Steps decided and sent, by <c>step</c> and <c>outcome</c> (planned, skipped, sent, failed, bounced).</summary>
    public static Counter<long> Reminders { get; } = s_meter.CreateCounter<long>("relance.reminders", "{reminder}", "Steps by outcome");

    /// <summary>Attempts at sending a message, by <c>class</c> and <c>outcome</c>.</summary>
    public static Histogram<double> Attempts { get; } = s_meter.CreateHistogram<double>("relance.send.duration", "s", "Attempts at sending a message");

    /// <summary>Runs of jobs, by <c>job</c> and <c>outcome</c> (ok, or the exception's type).</summary>
    public static Histogram<double> JobDuration { get; } = s_meter.CreateHistogram<double>("relance.job.duration", "s", "Runs of a job");

    /// <summary>Calls to shops, by <c>method</c>, <c>resource</c> and <c>status</c> (a code, or the exception's type).</summary>
    public static Histogram<double> ShopCalls { get; } = s_meter.CreateHistogram<double>("relance.shop.call.duration", "s", "Calls to a shop");

    /// <summary>Webhook deliveries, by <c>outcome</c> (accepted, refused, too-large, invalid).</summary>
    public static Counter<long> Deliveries { get; } = s_meter.CreateCounter<long>("relance.inbox.deliveries", "{delivery}", "Webhook deliveries");

    /// <summary>The meter, for gauges.</summary>
    public static Meter Meter => s_meter;

    /// <summary>Counts a step.</summary>
    public static void Count(string step, string outcome) => Reminders.Add(1, new("step", step), new("outcome", outcome));

    /// <summary>Begins a span; null while nobody listens.</summary>
    public static Activity? Span(string name, params ReadOnlySpan<(string Name, object? Value)> tags)
    {
        var span = s_source.StartActivity(name);
        foreach (var (tag, value) in span is null ? [] : tags)
            span!.SetTag(tag, value);
        return span;
    }
}
