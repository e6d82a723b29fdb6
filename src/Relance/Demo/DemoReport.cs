using System.Text.Json.Serialization;
using Relance.Billing;
using Relance.Outbox;
using Relance.PostBack;
using Relance.Reminders;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Demo;

/// <summary>One step of one contract.</summary>
/// <param name="Outcome"><c>sent</c>, <c>failed: reason</c>, <c>skipped: reason</c> or <c>planned</c>.</param>
internal sealed record DemoStep(string Step, string Date, string Outcome);

/// <summary>One contract's story.</summary>
/// <param name="Reference">As its mails print it.</param>
/// <param name="Does">What the client did.</param>
/// <param name="Waiting">Why nothing goes in the open cycle; null when none is open.</param>
/// <param name="NextStep">The step that the open cycle waits for.</param>
/// <param name="NextDate">The local day on which the planner looks at it again.</param>
/// <param name="ShopStanding"><c>_relance_status</c> read back from the shop by GET.</param>
/// <param name="ShopStatus">The subscription's status in the shop; null for other contracts.</param>
internal sealed record DemoContract(
    string Id, string Reference, string Client, string Kind, string Does, IReadOnlyList<DemoStep> Steps, string? Waiting, string? NextStep, string? NextDate, string Standing, string? ShopStanding, string? ShopStatus)
{
    /// <summary>Whether shop and Relance say the same, the status of a subscription included.</summary>
    [JsonIgnore]
    public bool Agrees => Standing == ShopStanding && (ShopStatus is null || Kind == DemoCast.Automatic || ShopStatus == "active" == Standing is "active" or "renewal-due");
}

/// <summary>What the demo found. <see cref="Duplicates"/> and <see cref="AfterPayment"/> are counted from the caught mails and the shop's paid dates, not from our records.</summary>
/// <param name="SentByStep">Caught mails by step; one that speaks of two contracts counts once.</param>
/// <param name="Seconds">Real time.</param>
internal sealed record DemoReport(
    IReadOnlyList<DemoContract> Contracts, IReadOnlyDictionary<string, int> SentByStep, int MailsCaught, int Duplicates, int AfterPayment, int Days, double Seconds)
{
    /// <summary>No mistake in the mailbox, and the shop agrees on every contract.</summary>
    [JsonIgnore]
    public bool IsRight => Duplicates == 0 && AfterPayment == 0 && Contracts.All(contract => contract.Agrees);

    /// <summary>Reads the end of the story.</summary>
    public static async Task<DemoReport> ReadAsync(DemoWorld world, IReadOnlyList<DemoClient> clients, TimeSpan elapsed, CancellationToken ct)
    {
        var database = world.App.Services.GetRequiredService<Database>();
        var linked = await database.ReadAsync(session => LinkedShop.FindAsync(session, world.ShopId), ct);
        var shop = world.App.Services.GetRequiredService<IShopConnector>().Connect(linked!);
        List<ShopOrder> orders = [];
        await foreach (var order in shop.OrdersModifiedAfterAsync(DateTimeOffset.UnixEpoch, ct))
            orders.Add(order);
        var contracts = await database.ReadAsync(session => ContractStore.AllAsync(session), ct);
        var subscriptions = await shop.SubscriptionsAsync([.. contracts.Select(c => c.State.SubscriptionId).OfType<long>()], ct);
        var steps = await StepsAsync(database, ct);
        var open = (await database.ReadAsync(session => session.QueryAsync<CycleRow>($"SELECT {CycleRow.Columns} FROM cycle WHERE state = 'open'"), ct)).ToDictionary(cycle => cycle.SubjectId);
        var mails = world.Catcher.Mails.Select(MailAudit.Read).ToList();
        return new DemoReport(
            [.. from client in clients join contract in contracts on client.Reference equals LetterWriter.Reference(contract) select Of(contract, client, steps, open, orders, subscriptions)],
            mails.SelectMany(mail => mail.Steps).CountBy(step => step).OrderBy(step => step.Key, StringComparer.Ordinal).ToDictionary(),
            mails.Count, MailAudit.Duplicates(mails), MailAudit.AfterPayment(mails, MailAudit.PaidAt(clients, orders, DemoRun.Start)),
            DemoRun.LastDay.DayNumber - DemoRun.FirstDay.DayNumber + 1, Math.Round(elapsed.TotalSeconds, 1));
    }

    private static DemoContract Of(StoredContract contract, DemoClient client, ILookup<string, StepRow> steps, IReadOnlyDictionary<string, CycleRow> open, List<ShopOrder> orders, IReadOnlyList<ShopSubscription> subscriptions)
    {
        var cycle = open.GetValueOrDefault(contract.Id);
        var subscription = subscriptions.FirstOrDefault(s => s.Id == contract.State.SubscriptionId);
        var meta = subscription?.Meta ?? orders.Find(order => order.Id == contract.State.LatestOrderId)?.Meta;
        return new(
            contract.Id, client.Reference, client.Name, client.Role.Kind, client.Role.Does, [.. steps[contract.Id].Select(row => new DemoStep(row.Step, row.Date, row.Outcome))],
            cycle?.Waiting, cycle?.NextStep, cycle is { NextStep: not null, NextAt: { } at } ? DemoRun.LocalDate(Values.Instant(at)).Text() : null, contract.State.ToContract().StandingAt(DemoRun.LastDay).Code(), meta?.GetValueOrDefault("_relance_status"), subscription?.Status);
    }

    private static async Task<ILookup<string, StepRow>> StepsAsync(Database database, CancellationToken ct) => (await database.ReadAsync(session => session.QueryAsync<StepRow>(
        """
        SELECT c.subject_id AS ContractId, r.step AS Step, r.decided_on AS Date, r.state AS State, r.reason AS Reason
        FROM reminder r JOIN cycle c ON c.id = r.cycle_id ORDER BY r.decided_on, r.id
        """), ct)).ToLookup(row => row.ContractId);

    private sealed class StepRow
    {
        public string ContractId { get; init; } = "";
        public string Step { get; init; } = "";
        public string Date { get; init; } = "";
        public string State { get; init; } = "";
        public string? Reason { get; init; }
        public string Outcome => Reason is null ? State : $"{State}: {Reason}";
    }
}
