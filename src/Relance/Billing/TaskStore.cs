using Relance.Agency;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>What a person must do. One task per key: a repeat changes nothing.</summary>
public static class TaskStore
{
    /// <summary>In an UPDATE: closed because what it asked for has happened. Its key is free for the next time.</summary>
    internal const string ClosedByItself = "state = 'done', closed_by = 'relance', dedup_key = dedup_key || ':' || id";

    /// <summary>What a task asked for has happened.</summary>
    public static Task CloseAsync(BillingContext context, string key) => context.Session.ExecuteAsync(
        $"UPDATE task SET {ClosedByItself}, closed_at = @Now WHERE dedup_key = @key AND state = 'open'", new { key, Now = context.Now.Millis() });

    /// <summary>Opens a task, due as its kind says.</summary>
    /// <param name="about">What the person needs to know, without secrets.</param>
    /// <param name="due">Another last day than its kind's.</param>
    public static Task OpenAsync(BillingContext context, string kind, string subjectId, TaskSentence about, string? key = null, DateOnly? due = null) => context.Session.ExecuteAsync(
        """
        INSERT INTO task (id, dedup_key, shop_id, kind, subject_id, due_on, state, data, created_at)
        VALUES (@Id, @Key, @ShopId, @kind, @subjectId, @Due, 'open', @Data, @Now) ON CONFLICT (dedup_key) DO NOTHING
        """, new
        {
            Id = Values.NewId(),
            Key = key ?? $"{kind}:{subjectId}",
            ShopId = context.Shop.Id,
            kind,
            subjectId,
            Due = (due ?? context.Today.AddDays(TaskCatalogue.Of(kind).Days)).Text(),
            Data = about.ToJson(),
            Now = context.Now.Millis(),
        });
}
