using System.Globalization;
using System.Text.Json;
using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Shops;
using Relance.Storage;

namespace Relance.PostBack;

/// <summary>Queues what the shop must be told, in the transaction of the fact. Outside live the write is only listed.</summary>
public static class PostBackQueue
{
    /// <summary>The operations.</summary>
    public const string CreateOrder = "create-order", CancelOrder = "cancel-order", Status = "status", Metadata = "metadata", Note = "note", CompleteOrder = "complete-order", PluginStatus = "plugin-status";

    /// <summary>The status of a subscription whose refusal was taken back: also from pending cancellation.</summary>
    public const string Resumed = "active-again";

    /// <summary>The renewal order of the next term, made once; its message cannot be claimed before. Asked for again only when the one made was withdrawn.</summary>
    public static async Task RenewalOrderAsync(BillingContext context, StoredContract contract)
    {
        var key = $"order:{contract.Id}:{contract.State.TermNo + 1}";
        await EnqueueAsync(context, contract.Id, CreateOrder, "", key, CreatedVia(contract.Id, contract.State.TermNo + 1));
        await context.Session.ExecuteAsync("UPDATE postback SET state = 'due', attempt = 0, retry_at = 0 WHERE shop_id = @Id AND dedup_key = @key AND state = 'done'", new { context.Shop.Id, key });
    }

    /// <summary>A Relance order nobody needs any more is cancelled.</summary>
    public static Task CancelOrderAsync(BillingContext context, string contractId, long orderId) =>
        EnqueueAsync(context, contractId, CancelOrder, Target(new ShopRef(ShopKind.Order, orderId)), $"cancel:{contractId}:{orderId}", "cancelled");

    /// <summary>A person has the money: the order that the contract waits for is complete.</summary>
    public static Task CompleteOrderAsync(BillingContext context, string contractId, long orderId) =>
        EnqueueAsync(context, contractId, CompleteOrder, Target(new ShopRef(ShopKind.Order, orderId)), $"complete:{contractId}:{orderId}", "completed");

    /// <summary>Drops a cancellation that has not reached the shop; false when one has, or is under way.</summary>
    public static async Task<bool> ForgetCancelAsync(BillingContext context, string contractId)
    {
        await context.Session.ExecuteAsync("DELETE FROM postback WHERE subject_id = @contractId AND op = 'cancel-order' AND state IN ('due', 'listed')", new { contractId });
        return await context.Session.ValueAsync<long>("SELECT COUNT(*) FROM postback WHERE subject_id = @contractId AND op = 'cancel-order'", new { contractId }) == 0;
    }

    /// <summary>The status a subscription must have. The latest wins.</summary>
    public static Task SubscriptionStatusAsync(BillingContext context, StoredContract contract, string status) =>
        EnqueueAsync(context, contract.Id, Status, Target(TargetOf(contract.State)), $"status:{contract.Id}", status, context.Now);

    /// <summary>Standing and next step on the subscription, else on the latest order. The latest wins; nothing is queued when nothing changed.</summary>
    public static Task ProjectionAsync(BillingContext context, StoredContract contract, Standing standing, string? nextStep, DateOnly? nextOn) =>
        EnqueueAsync(context, [.. Projection(contract, standing, nextStep, nextOn)]);

    /// <summary>The writes of <see cref="ProjectionAsync"/>; none for a contract that is not in the shop yet.</summary>
    internal static IEnumerable<PostBackWrite> Projection(StoredContract contract, Standing standing, string? nextStep, DateOnly? nextOn) =>
        ((PostBackWrite?[])[OnResource(contract, standing, nextStep, nextOn), OnPlugin(contract, standing, nextStep, nextOn)]).OfType<PostBackWrite>();

    /// <summary>The plugin is told again where contracts stand, since something happened that their projection does not show: a message left, a pause.</summary>
    /// <param name="contracts">SELECT of their ids.</param>
    internal static Task TellPluginAsync(Session session, string contracts, object args) => session.ExecuteAsync(
        $"""
        UPDATE postback SET attempt = 0, retry_at = 0, error = NULL, rev = rev + 1,
        state = (SELECT CASE WHEN s.mode = 'live' AND s.site_mismatch = 0 AND s.restored_at IS NULL THEN 'due' ELSE 'listed' END FROM shop s WHERE s.id = postback.shop_id)
        WHERE op = '{PluginStatus}' AND subject_id IN ({contracts})
        """, args);

    /// <inheritdoc cref="TellPluginAsync(Session, string, object)"/>
    internal static Task TellPluginAsync(Session session, IEnumerable<string> contracts) =>
        TellPluginAsync(session, $"SELECT id FROM contract WHERE id {session.In("@contracts")}", new { contracts = session.List(contracts) });

    // The plugin marks the orders of its contracts itself.
    private static PostBackWrite? OnResource(StoredContract contract, Standing standing, string? nextStep, DateOnly? nextOn) => !IsInShop(contract.State) || contract.State.Plugin is not null
        ? null
        : new(contract.Id, Metadata, Target(TargetOf(contract.State)), $"meta:{contract.Id}", JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["_relance_status"] = standing.Code(),
            ["_relance_next_step"] = nextStep ?? "",
            ["_relance_next_date"] = nextOn?.Text() ?? "",
        }));

    // Only a fingerprint of what is shown: the status itself is written when it leaves.
    private static PostBackWrite? OnPlugin(StoredContract contract, Standing standing, string? nextStep, DateOnly? nextOn) => contract.State is not { Plugin: { } plugin } state
        ? null
        : new(contract.Id, PluginStatus, Target(new ShopRef(ShopKind.Contract, plugin.Id)), $"plugin:{contract.Id}", string.Join('|',
            standing.Code(), state.TermNo, state.TermStart.Text(), state.TermEnd.Text(), nextStep, nextOn?.Text(), state.SuspendedOn?.Text(), state.RenewalOrderId, state.Hold));

    /// <summary>A private note; <c>relance:{id}</c> in it makes it findable after an ambiguous answer.</summary>
    public static Task NoteAsync(BillingContext context, StoredContract contract, string key, string text) =>
        EnqueueAsync(context, NoteOn(contract, key, text) is { } write ? [write] : []);

    /// <summary>The write of <see cref="NoteAsync"/>; null for a contract that is not in the shop yet.</summary>
    internal static PostBackWrite? NoteOn(StoredContract contract, string key, string text) => !IsInShop(contract.State)
        ? null
        : new(contract.Id, Note, Target(TargetOf(contract.State)), $"note:{contract.Id}:{key}", $"{text} [relance:{key}]");

    /// <summary>The <c>created_via</c> by which a renewal order is found again.</summary>
    public static string CreatedVia(string contractId, int termNo) => string.Create(CultureInfo.InvariantCulture, $"relance:{contractId}:{termNo}");

    /// <summary>The contract and term in a <c>created_via</c> of ours; null for any other.</summary>
    public static (string ContractId, int TermNo)? ParseCreatedVia(string createdVia) =>
        createdVia.Split(':') is ["relance", var id, var no] && int.TryParse(no, NumberStyles.None, CultureInfo.InvariantCulture, out var term) ? (id, term) : null;

    /// <summary>Kebab-case name of a standing: <c>renewal-due</c>.</summary>
    public static string Code(this Standing standing) => standing == Standing.RenewalDue ? "renewal-due" : standing.ToString().ToLowerInvariant();

    /// <summary>Where a contract's status shows in the shop.</summary>
    public static ShopRef TargetOf(ContractState state) =>
        state.SubscriptionId is { } id ? new ShopRef(ShopKind.Subscription, id) : new ShopRef(ShopKind.Order, state.LatestOrderId);

    // An imported contract has nothing in the shop before its first renewal order.
    private static bool IsInShop(ContractState state) => state.SubscriptionId is not null || state.LatestOrderId > 0;

    /// <summary>A stored target.</summary>
    public static ShopRef ParseTarget(string target) => target.Split(':') is [var kind, var id]
        ? new ShopRef(Enum.Parse<ShopKind>(kind), long.Parse(id, CultureInfo.InvariantCulture))
        : throw new FormatException($"postback.target: expected Kind:id, got '{target}'.");

    private static string Target(ShopRef target) => string.Create(CultureInfo.InvariantCulture, $"{target.Kind}:{target.Id}");

    // A status is asserted again even when its text is the same as last year's: the instant makes the payloads differ.
    private static Task EnqueueAsync(BillingContext context, string subjectId, string op, string target, string key, string payload, DateTimeOffset? at = null) =>
        EnqueueAsync(context, [new(subjectId, op, target, key, at is { } instant ? string.Create(CultureInfo.InvariantCulture, $"{payload}@{instant.Millis()}") : payload)]);

    /// <summary>Queues writes in their order.</summary>
    internal static Task EnqueueAsync(BillingContext context, IReadOnlyCollection<PostBackWrite> writes) => context.Session.ExecuteManyAsync(
        """
        INSERT INTO postback (id, shop_id, subject_id, seq, op, target, dedup_key, payload, state, rev)
        VALUES (@Id, @ShopId, @SubjectId, (SELECT COALESCE(MAX(seq), 0) + 1 FROM postback WHERE subject_id = @SubjectId), @Op, @Target, @Key, @Payload, @State, @Rev)
        ON CONFLICT (shop_id, dedup_key) DO UPDATE SET payload = excluded.payload, target = excluded.target, state = excluded.state, attempt = 0, retry_at = 0, error = NULL,
        rev = CASE WHEN postback.rev >= excluded.rev THEN postback.rev + 1 ELSE excluded.rev END
        WHERE postback.payload <> excluded.payload OR postback.target <> excluded.target OR (postback.state = 'listed' AND excluded.state = 'due')
        """,
        [.. writes.Select(write => new
        {
            Id = Values.NewId(),
            ShopId = context.Shop.Id,
            write.SubjectId,
            write.Op,
            write.Target,
            write.Key,
            write.Payload,
            State = context.Shop.MayWrite ? "due" : "listed",
            // Greater than any before, also after a restore.
            Rev = TimeProvider.System.GetUtcNow().Millis(),
        })]);
}

/// <summary>One write to be queued.</summary>
/// <param name="Key">A later write of the same key replaces it.</param>
internal sealed record PostBackWrite(string SubjectId, string Op, string Target, string Key, string Payload);
