namespace Relance.Reminders;

/// <summary>What will go out if nobody pays and nothing changes, on the real calendar.</summary>
/// <param name="From">Today.</param>
/// <param name="To">The last day looked at, included.</param>
/// <param name="Assumes">What the forecast takes for granted, for people.</param>
/// <param name="Days">Days on which something goes, is skipped or has to wait.</param>
/// <param name="Clients">Who gets how much, most first.</param>
public sealed record ForesightReport(DateOnly From, DateOnly To, string Assumes, IReadOnlyList<ForeseenDay> Days, IReadOnlyList<ForeseenClient> Clients, ForesightTotals Totals)
{
    /// <summary>Said with every forecast.</summary>
    public const string NobodyPays = "Nobody pays, and nothing changes: each payment takes messages out of this list.";

    /// <summary>Every message, in order.</summary>
    internal IEnumerable<(DateOnly On, ForeseenMessage Message)> Messages => Days.SelectMany(day => day.Messages.Select(message => (day.On, message)));
}

/// <summary>One local day.</summary>
/// <param name="Messages">What goes out.</param>
/// <param name="Skipped">Steps that will not go in this term, each with its reason.</param>
/// <param name="WaitingForSlot">Steps that wait for another day because the person already gets a message that day.</param>
/// <param name="WaitingForCeiling">Steps that wait for another day because the shop's daily ceiling is reached.</param>
public sealed record ForeseenDay(DateOnly On, IReadOnlyList<ForeseenMessage> Messages, IReadOnlyList<ForeseenSkip> Skipped, int WaitingForSlot, int WaitingForCeiling);

/// <summary>A message to one person.</summary>
/// <param name="Address">Where it goes.</param>
/// <param name="Subject">As the client will read it.</param>
/// <param name="NeedsApproval">A person has to approve it first.</param>
/// <param name="Fault">Why it cannot be put into words as it is; null when it can.</param>
/// <param name="Steps">What it says; contracts of one person share a message.</param>
public sealed record ForeseenMessage(string ShopId, string Shop, string ClientId, string Client, string Address, string Subject, bool NeedsApproval, IReadOnlyList<ForeseenStep> Steps, string? Fault);

/// <summary>A step about one contract.</summary>
/// <param name="Amount">Price of the next term incl. VAT, minor units.</param>
/// <param name="TermEnd">J, the last day of the paid term.</param>
public sealed record ForeseenStep(string ContractId, string Reference, string Plan, string Step, long Amount, string Currency, DateOnly TermEnd);

/// <summary>A step that will not go.</summary>
/// <param name="Reason">The code of a <see cref="Domain.Reminders.SkipReason"/>, such as <c>before-baseline</c>.</param>
public sealed record ForeseenSkip(string ContractId, string Reference, string Client, string Step, string Reason);

/// <summary>What one client gets.</summary>
public sealed record ForeseenClient(string ClientId, string Client, string Address, int Messages, DateOnly First, DateOnly Last);

/// <summary>Sums.</summary>
/// <param name="PerStep">Steps sent, by step id.</param>
/// <param name="Skipped">Steps skipped, by reason.</param>
/// <param name="Waiting">Contracts that nothing goes to at the end, by reason.</param>
/// <param name="BusiestDay">Null when nothing goes.</param>
public sealed record ForesightTotals(
    int Messages, int Clients, int Contracts, IReadOnlyDictionary<string, int> PerStep, IReadOnlyDictionary<string, int> Skipped,
    IReadOnlyDictionary<string, int> Waiting, DateOnly? BusiestDay, int MessagesOnBusiestDay, int Ceiling);
