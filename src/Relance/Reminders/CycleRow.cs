using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>A cycle as stored.</summary>
public sealed class CycleRow
{
    /// <summary>Our id.</summary>
    public string Id { get; init; } = "";
    /// <summary>The shop.</summary>
    public string ShopId { get; init; } = "";
    /// <summary>The contract.</summary>
    public string SubjectId { get; init; } = "";
    /// <summary>Term number of the term that ends.</summary>
    public long TermNo { get; init; }
    /// <summary>J.</summary>
    public string AnchorOn { get; init; } = "";
    /// <summary>open, paid, declined, ended or cancelled.</summary>
    public string State { get; init; } = "";
    /// <summary>Why nothing goes now, for people.</summary>
    public string? Waiting { get; init; }
    /// <summary>The step that waits.</summary>
    public string? NextStep { get; init; }
    /// <summary>When to look again.</summary>
    public long? NextAt { get; init; }

    /// <summary>All columns, in a SELECT.</summary>
    public const string Columns = """
        id AS Id, shop_id AS ShopId, subject_id AS SubjectId, term_no AS TermNo, anchor_on AS AnchorOn, state AS State, waiting AS Waiting,
        next_step AS NextStep, next_at AS NextAt
        """;

    /// <summary>The domain's view of it.</summary>
    public Cycle ToCycle(ContractState contract, DateOnly baseline, DateOnly? pausedUntil) => new(
        Enum.Parse<CycleState>(State, ignoreCase: true), contract.Kind, (int)TermNo, Values.Date(AnchorOn), baseline,
        pausedUntil, contract.AnnouncedOn, contract.Hold is { } hold ? Enum.Parse<SkipReason>(hold) : null, DebitFailedOn: contract.DebitFailedOn);
}
