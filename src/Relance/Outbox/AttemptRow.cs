namespace Relance.Outbox;

/// <summary>One try to send a message, as stored. Instants in milliseconds UTC of the system's clock.</summary>
internal sealed class AttemptRow
{
    /// <summary>All columns, in a SELECT.</summary>
    public const string Columns = "message_id AS MessageId, n AS N, started_at AS StartedAt, handed_at AS HandedAt, finished_at AS FinishedAt, outcome AS Outcome, answer AS Answer";

    public string MessageId { get; init; } = "";
    public long N { get; init; }
    public long StartedAt { get; init; }
    public long? HandedAt { get; init; }
    public long? FinishedAt { get; init; }
    public string? Outcome { get; init; }
    public string? Answer { get; init; }
}
