using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>Cycles of a shop as the planner sees them, read in a fixed number of statements, however many they are.</summary>
internal sealed class PlanViews
{
    private const string SlotColumns = "id AS Id, shop_id AS ShopId, state AS State, recipient_id AS RecipientId, mode AS Mode, class AS Class";
    // Beside a legal notice no reminder goes, whatever was planned before it.
    private const string LegalFirst = "CASE WHEN class = 'reminder' THEN 1 ELSE 0 END";

    private readonly BillingContext _context;
    private readonly Dictionary<string, StoredContract> _contracts;
    private Dictionary<string, PlanPerson> _people = [];
    private Dictionary<string, PlanSlot> _slots = [];
    private IReadOnlySet<string> _mailedByShop = new HashSet<string>();
    private ILookup<string, StepRecord> _history = Array.Empty<StepRecord>().ToLookup(_ => "");
    private Func<StoredContract, PeopleSay> _said = _ => new(null, null);

    private PlanViews(BillingContext context, IEnumerable<StoredContract> contracts) =>
        (_context, _contracts) = (context, contracts.ToDictionary(contract => contract.Id, StringComparer.Ordinal));

    /// <summary>Reads what is known about cycles and their contracts.</summary>
    public static async Task<PlanViews> ReadAsync(BillingContext context, IReadOnlyCollection<CycleRow> cycles, IEnumerable<StoredContract> contracts)
    {
        var views = new PlanViews(context, contracts);
        views._people = await views.PeopleAsync();
        var people = views._people.Values.Select(person => person.Id).Distinct(StringComparer.Ordinal).ToList();
        views._slots = await views.SlotsAsync(people);
        views._mailedByShop = await ShopInvoices.MailedTodayAsync(context, people);
        views._history = await views.HistoryAsync(cycles.Select(cycle => cycle.Id));
        views._said = await PeopleSay.AllAsync(context);
        return views;
    }

    /// <summary>Every open cycle of the shop, tacit ones first, since their notices take the day, then by anchor: for previews, which foresee day by day what the shop mails itself, today included.</summary>
    public static async Task<IReadOnlyList<PlanView>> AllAsync(BillingContext context)
    {
        var rows = await context.Session.QueryAsync<CycleRow>($"SELECT {CycleRow.Columns} FROM cycle WHERE state = 'open' AND shop_id = @Id ORDER BY CASE WHEN sequence = 'tacit' THEN 0 ELSE 1 END, anchor_on, id", new { context.Shop.Id });
        var views = await ReadAsync(context, rows, await ContractStore.AllAsync(context.Session, context.Shop.Id));
        views._mailedByShop = new HashSet<string>();
        return [.. rows.Select(views.Of).OfType<PlanView>()];
    }

    /// <summary>The reminders that have a slot on a day, of all shops.</summary>
    public static Task<IReadOnlyList<PlanSlot>> SlotsAsync(Session session, DateOnly day) =>
        session.QueryAsync<PlanSlot>($"SELECT {SlotColumns} FROM message WHERE slot_on = @Day AND channel = 'email' AND {PlanSlot.TakesTheDay} ORDER BY {LegalFirst}", new { Day = day.Text() });

    /// <summary>One cycle, with the slots taken meanwhile; null when its contract has gone.</summary>
    public PlanView? Of(CycleRow row)
    {
        if (!_contracts.TryGetValue(row.SubjectId, out var contract))
            return null;
        var person = _people.GetValueOrDefault(contract.ClientId);
        return PlanView.Of(_context, row, contract, new PlanFacts(
            person, person is null ? null : _slots.GetValueOrDefault(person.Id), person is not null && _mailedByShop.Contains(person.Id), [.. _history[row.Id]], _said(contract)));
    }

    /// <summary>A message that was planned after the reading takes its person's day, as in <see cref="PlanSlot.TakesTheDay"/>.</summary>
    public void Take(MessageRow message)
    {
        if (message.Class == MessageRow.Confirmation || (message.Class == MessageRow.Reminder && _slots.ContainsKey(message.RecipientId)))
            return;
        _slots[message.RecipientId] = new PlanSlot { Id = message.Id, ShopId = message.ShopId, State = message.State, RecipientId = message.RecipientId, Mode = message.Mode, Class = message.Class };
    }

    private async Task<Dictionary<string, PlanPerson>> PeopleAsync() => (await _context.Session.QueryAsync<PlanPerson>(
        $"SELECT c.id AS ClientId, r.id AS Id, r.refused_at AS RefusedAt FROM client c JOIN recipient r ON r.id = c.recipient_id WHERE c.id {_context.Session.In("@clients")}",
        new { clients = _context.Session.List(_contracts.Values.Select(contract => contract.ClientId).Distinct(StringComparer.Ordinal)) }))
        .ToDictionary(person => person.ClientId, StringComparer.Ordinal);

    private async Task<Dictionary<string, PlanSlot>> SlotsAsync(IEnumerable<string> people) => (await _context.Session.QueryAsync<PlanSlot>(
        $"SELECT {SlotColumns} FROM message WHERE recipient_id {_context.Session.In("@people")} AND channel = 'email' AND slot_on = @Today AND mode = @Mode AND {PlanSlot.TakesTheDay} ORDER BY {LegalFirst}",
        new { people = _context.Session.List(people), Today = _context.Today.Text(), _context.Shop.Mode }))
        .DistinctBy(slot => slot.RecipientId, StringComparer.Ordinal).ToDictionary(slot => slot.RecipientId, StringComparer.Ordinal);

    // An acknowledgement answers the client: it is no step of the sequence, and moves none.
    private async Task<ILookup<string, StepRecord>> HistoryAsync(IEnumerable<string> cycles) => (await _context.Session.QueryAsync<PlanHistoryRow>(
        $"SELECT cycle_id AS CycleId, step AS Step, state AS State, decided_on AS DecidedOn FROM reminder WHERE cycle_id {_context.Session.In("@cycles")} AND mode = @Mode AND step <> @Received ORDER BY id",
        new { cycles = _context.Session.List(cycles), _context.Shop.Mode, TacitSequence.Received }))
        .ToLookup(row => row.CycleId, row => row.ToRecord(), StringComparer.Ordinal);
}
