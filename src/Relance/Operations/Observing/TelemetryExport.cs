using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Relance.Storage;

namespace Relance.Operations.Observing;

/// <summary>Exports metrics and traces by OTLP while the service runs, if <c>Otlp:Endpoint</c> is set.</summary>
/// <remarks>The providers are built by hand: the hosting package of OpenTelemetry is not on our feed.</remarks>
internal sealed class TelemetryExport(RelanceSettings settings, QueueDepths queues) : IHostedService
{
    private const int LongestFlushMilliseconds = 5_000;
    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Otlp.Endpoint is not { } endpoint)
            return Task.CompletedTask;
        var resource = ResourceBuilder.CreateEmpty().AddService("relance", serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version!.ToString(3), serviceInstanceId: Values.NewId());
        queues.Register();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime")
            .AddOtlpExporter((options, reader) =>
            {
                Set(options, endpoint, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)settings.Otlp.Every.TotalMilliseconds;
            }).Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Telemetry.Name)
            .AddOtlpExporter(options =>
            {
                Set(options, endpoint, "v1/traces");
                options.BatchExportProcessorOptions.ScheduledDelayMilliseconds = (int)Math.Min(settings.Otlp.Every.TotalMilliseconds, LongestFlushMilliseconds);
            }).Build();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.ForceFlush(LongestFlushMilliseconds);
        _metrics?.ForceFlush(LongestFlushMilliseconds);
        _traces?.Dispose();
        _metrics?.Dispose();
        return Task.CompletedTask;
    }

    private void Set(OtlpExporterOptions options, Uri endpoint, string signal)
    {
        options.Protocol = settings.Otlp.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        // An endpoint set in code is used as it is: over HTTP each signal has its own path.
        options.Endpoint = settings.Otlp.Grpc ? endpoint : new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{signal}");
        options.Headers = settings.Otlp.Headers;
    }
}
