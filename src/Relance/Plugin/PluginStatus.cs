using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relance.Plugin;

/// <summary>What the plugin shows of a contract (docs/plugin-protocol.md). Labels are plain text in the language of the shop's clients.</summary>
/// <param name="Rev">The plugin keeps the status with the highest.</param>
/// <param name="Standing">active, renewal-due, grace, suspended, ended or declined.</param>
/// <param name="Next">The message that comes, if any.</param>
/// <param name="PausedUntil">Reminders wait until this day (excluded).</param>
/// <param name="RenewalOrderId">The open order that would renew it; 0: none.</param>
/// <param name="LatestOrderId">The order that renewed it last there, as far as the service has heard: a term that was paid since is not taken back by this. Null: not known.</param>
/// <param name="Timeline">What happened, the newest first.</param>
/// <param name="Url">The contract's page in Relance.</param>
public sealed record PluginStatus(
    long Rev, string Standing, int TermNo, DateOnly TermStart, DateOnly TermEnd, PluginNext? Next, DateOnly? SuspendedOn, DateOnly? PausedUntil, string? PauseReason,
    long RenewalOrderId, long? LatestOrderId, IReadOnlyList<PluginEvent> Timeline, Uri? Url)
{
    /// <summary>As it goes over the wire.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PluginJson.Default.PluginStatus);
}

/// <summary>The message that comes.</summary>
/// <param name="WaitsFor">What it waits for, in words; null when only its day has to come.</param>
public sealed record PluginNext(string Step, DateOnly? On, string Label, string? WaitsFor);

/// <summary>One line of what happened.</summary>
/// <param name="At">Naive UTC, as WooCommerce writes instants.</param>
/// <param name="Kind">sent, bounced, paid, …: a kind of the journal.</param>
public sealed record PluginEvent(string At, string Kind, string Label, string? Step);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PluginStatus))]
internal sealed partial class PluginJson : JsonSerializerContext;
