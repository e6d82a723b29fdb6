namespace Relance.PostBack;

/// <summary>One write the shop is owed.</summary>
public sealed class PostBackRow
{
    /// <summary>Our id.</summary>
    public string Id { get; init; } = "";
    /// <summary>The shop.</summary>
    public string ShopId { get; init; } = "";
    /// <summary>The contract.</summary>
    public string SubjectId { get; init; } = "";
    /// <summary>What to do.</summary>
    public string Op { get; init; } = "";
    /// <summary>Kind:id of the resource; empty for a new order.</summary>
    public string Target { get; init; } = "";
    /// <summary>The operation's data.</summary>
    public string Payload { get; init; } = "";
    /// <summary>Tries so far, this one included.</summary>
    public long Attempt { get; init; }

    /// <summary>The number of this state of the row; a later state has a greater one.</summary>
    public long Rev { get; init; }

    /// <summary>All columns, in a SELECT or RETURNING.</summary>
    public const string Columns = "id AS Id, shop_id AS ShopId, subject_id AS SubjectId, op AS Op, target AS Target, payload AS Payload, attempt AS Attempt, rev AS Rev";
}
