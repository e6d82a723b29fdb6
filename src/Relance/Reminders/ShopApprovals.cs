using Relance.Domain.Reminders;
using Relance.Shops;

namespace Relance.Reminders;

/// <summary>What a person must approve in a shop that is live.</summary>
internal static class ShopApprovals
{
    /// <summary>Stopping care is automatic only once the agency enabled it at go-live (catalogue §1): until then the suspension and what follows it wait for a person.</summary>
    public static Sequence WithApprovals(this LinkedShop shop, Sequence sequence)
    {
        var from = sequence.Steps.ToList().FindIndex(step => step.Id == MaintenanceSequence.Suspension);
        return shop is { Mode: "live", AllowSuspension: 0 } && from >= 0
            ? sequence with { Steps = [.. sequence.Steps.Select((step, place) => place < from ? step : step with { NeedsApproval = true })] }
            : sequence;
    }
}
