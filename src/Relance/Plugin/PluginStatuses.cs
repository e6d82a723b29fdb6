using System.Globalization;
using Relance.Agency;
using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.PostBack;
using Relance.Reminders;
using Relance.Shops.WooCommerce;
using Relance.Storage;
using Relance.Templates;

namespace Relance.Plugin;

/// <summary>Writes where contracts stand, for the plugin.</summary>
public sealed class PluginStatuses(Database database, AgencyReads reads, MailRenderer renderer, RelanceSettings settings)
{
    private const int Longest = 20;

    // What only says that a day has to come.
    private static readonly string[] s_ordinary = [SkipReason.NotDue.Code(), SkipReason.AlreadyPlanned.Code(), SkipReason.SequenceDone.Code()];

    /// <summary>The status of a contract as it is now.</summary>
    /// <param name="rev">The number it goes under.</param>
    /// <exception cref="RefusedException">There is no such contract.</exception>
    public async Task<PluginStatus> OfAsync(string contractId, long rev, CancellationToken ct)
    {
        var locale = settings.Words.Locale;
        // First: what is heard of in between is then shown and not yet counted as heard.
        var state = (await database.ReadAsync(session => ContractStore.FindAsync(session, contractId), ct))?.State;
        var detail = await reads.ContractAsync(contractId, locale, ct);
        var summary = detail.Summary;
        return new PluginStatus(
            rev, summary.Standing, detail.TermNo, summary.TermStart, summary.TermEnd, NextOf(summary, locale), detail.SuspendedOn, summary.PausedUntil,
            detail.Pauses.Select(pause => pause.Reason).FirstOrDefault(), state?.RenewalOrderId ?? 0, state?.Plugin?.LatestOrderId,
            [.. detail.Timeline.Reverse().Select(item => EventOf(item, locale)).OfType<PluginEvent>().Take(Longest)], new Uri($"{settings.PublicUrl.AbsoluteUri.TrimEnd('/')}/contracts/{contractId}"));
    }

    /// <summary>The same, under the number that is queued for it.</summary>
    public async Task<PluginStatus> OfAsync(string contractId, CancellationToken ct) => await OfAsync(
        contractId, await database.ReadAsync(s => s.ValueAsync<long>("SELECT COALESCE(MAX(rev), 0) FROM postback WHERE subject_id = @contractId AND op = @PluginStatus", new { contractId, PostBackQueue.PluginStatus }), ct), ct);

    private PluginNext? NextOf(ContractSummary summary, string locale) => summary.NextStep is not { } step ? null : new(
        step, summary.NextOn, Name(step, locale), summary.Because is { } code && !s_ordinary.Contains(code) ? ReasonTexts.Of(code, locale).Because : null);

    private PluginEvent? EventOf(TimelineItem item, string locale)
    {
        var steps = item.Step?.Split(' ').Where(IsMessage).Select(step => Name(step, locale)).ToList() ?? [];
        return PluginWords.Of(item.Kind, string.Join(", ", steps), locale) is { } label
            ? new(item.At.UtcDateTime.ToString(WireMapping.InstantFormat, CultureInfo.InvariantCulture), item.Kind == "came-back-delivered" ? "delivered" : item.Kind, label, item.Step)
            : null;
    }

    private string Name(string step, string locale) => IsMessage(step) ? renderer.NameOf(step, locale) : step;

    private static bool IsMessage(string step) => TemplateCatalogue.All.Any(entry => entry.Id == step);
}
