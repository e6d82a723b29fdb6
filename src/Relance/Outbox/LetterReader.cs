using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Reminders;
using Relance.Storage;

namespace Relance.Outbox;

/// <summary>What messages speak of, read in a fixed number of statements, however many they are.</summary>
internal sealed class LetterReader
{
    /// <summary>The steps that messages have still to say, in an SQL text.</summary>
    public const string Steps = "FROM reminder r JOIN cycle y ON y.id = r.cycle_id LEFT JOIN contract k ON k.id = y.subject_id WHERE r.state = 'planned'";

    /// <summary>A step's part of its letter's seal. Revisions only grow, and no step is added to a claimed message: the sum comes back never.</summary>
    public const string Seal = "1000000000 + y.rev + COALESCE(k.rev, 0)";

    private readonly BillingContext _context;
    private ILookup<string, StepRow> _steps = Array.Empty<StepRow>().ToLookup(_ => "");
    private Dictionary<string, CycleRow> _cycles = [];
    private Dictionary<string, StoredContract> _contracts = [];
    private Dictionary<string, ClientRow> _clients = [];
    private Dictionary<string, Relation> _relations = [];
    private ILookup<(string, long), string> _receipts = Array.Empty<string>().ToLookup(_ => ("", 0L));
    private PlanViews? _views;

    private LetterReader(BillingContext context) => _context = context;

    public static async Task<LetterReader> ReadAsync(BillingContext context, IReadOnlyList<MessageRow> messages)
    {
        var reader = new LetterReader(context);
        var session = context.Session;
        // First: what changes while the rest is read breaks the seal.
        var steps = await session.QueryAsync<StepRow>(
            $"SELECT r.id AS Id, r.cycle_id AS CycleId, r.step AS Step, r.message_id AS MessageId, r.decided_on AS DecidedOn, {Seal} AS Seal {Steps} AND r.message_id {session.In("@ids")} ORDER BY r.id",
            new { ids = session.List(messages.Select(message => message.Id)) });
        reader._steps = steps.ToLookup(step => step.MessageId, StringComparer.Ordinal);
        reader._cycles = (await session.QueryAsync<CycleRow>(
            $"SELECT {CycleRow.Columns} FROM cycle WHERE id {session.In("@ids")}", new { ids = session.List(steps.Select(step => step.CycleId).Distinct(StringComparer.Ordinal)) }))
            .ToDictionary(cycle => cycle.Id, StringComparer.Ordinal);
        var contracts = await ContractStore.FindAsync(session, reader._cycles.Values.Select(cycle => cycle.SubjectId).Distinct(StringComparer.Ordinal));
        reader._contracts = contracts.ToDictionary(contract => contract.Id, StringComparer.Ordinal);
        await reader.ReadClientsAsync();
        if (messages.Any(message => message.Class == MessageRow.Confirmation))
            await reader.ReadReceiptsAsync();
        reader._views = await PlanViews.ReadAsync(context, reader._cycles.Values, contracts);
        return reader;
    }

    /// <summary>What a message has to say, as planned.</summary>
    public List<LetterItem> ItemsOf(MessageRow message) => [.. _steps[message.Id].Select(step => Item(message, step))];

    /// <summary>The same question as at planning, with the facts of this moment: a planned step may leave while the answer is "already planned".</summary>
    public bool IsStillRight(LetterItem item) => _views!.Of(item.Cycle) is { } view
        && PlanningJob.Decide(_context, view) is Decision.Wait { Because: SkipReason.AlreadyPlanned } wait && wait.NextStep.Id == item.Step;

    /// <summary>The letter that says these; null when they are none, or there is no address.</summary>
    public Letter? LetterOf(MessageRow message, List<LetterItem> items)
    {
        if (items.Count == 0 || _clients.GetValueOrDefault(items[0].Contract.ClientId) is not { Email: { } email } client)
            return null;
        var said = items.Select(item => item.ReminderId).ToHashSet(StringComparer.Ordinal);
        return new Letter(message, items, client.Name, email, client.Locale, ToneOf(items), _steps[message.Id].Where(step => said.Contains(step.Id)).Sum(step => step.Seal));
    }

    private LetterItem Item(MessageRow message, StepRow step)
    {
        var cycle = _cycles[step.CycleId];
        var contract = _contracts[cycle.SubjectId];
        return new LetterItem(step.Id, step.Step, cycle, contract, Values.Date(step.DecidedOn), message.Class == MessageRow.Confirmation ? _receipts[(contract.Id, contract.State.TermNo)].FirstOrDefault() : null);
    }

    // One person is spoken to in one tone, that of the item furthest in time.
    private ToneChoice ToneOf(List<LetterItem> items)
    {
        var day = items.Max(item => _context.Today.DayNumber - Values.Date(item.Cycle.AnchorOn).DayNumber);
        var amount = items.MaxBy(item => item.Contract.State.Amount)!.Contract.State.Price;
        return ToneChoice.For(_context.Settings.Words.Tone, day, _relations[items[0].Contract.ClientId], amount, _context.Settings.Words.LargeAmount);
    }

    private async Task ReadClientsAsync()
    {
        var ids = _contracts.Values.Select(contract => contract.ClientId).Distinct(StringComparer.Ordinal).ToList();
        _clients = (await _context.Session.QueryAsync<ClientRow>(
            $"SELECT id AS Id, name AS Name, email AS Email, locale AS Locale FROM client WHERE id {_context.Session.In("@ids")}", new { ids = _context.Session.List(ids) }))
            .ToDictionary(client => client.Id, StringComparer.Ordinal);
        _relations = await RelationStore.ReadAsync(_context.Session, ids);
    }

    private async Task ReadReceiptsAsync() => _receipts = (await _context.Session.QueryAsync<ReceiptRow>(
        $"SELECT contract_id AS ContractId, term_no AS TermNo, number AS Number FROM invoice WHERE contract_id {_context.Session.In("@ids")} AND term_no IS NOT NULL AND paid > 0 ORDER BY created_at",
        new { ids = _context.Session.List(_contracts.Keys) })).ToLookup(row => (row.ContractId, row.TermNo), row => row.Number);

    private sealed class StepRow
    {
        public string Id { get; init; } = "";
        public string CycleId { get; init; } = "";
        public string Step { get; init; } = "";
        public string MessageId { get; init; } = "";
        public string DecidedOn { get; init; } = "";
        public long Seal { get; init; }
    }

    private sealed class ClientRow
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Email { get; init; }
        public string Locale { get; init; } = "";
    }

    private sealed class ReceiptRow
    {
        public string ContractId { get; init; } = "";
        public long TermNo { get; init; }
        public string Number { get; init; } = "";
    }
}
