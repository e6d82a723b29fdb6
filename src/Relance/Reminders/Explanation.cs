namespace Relance.Reminders;

/// <summary>A contract's open term, explained.</summary>
/// <param name="Standing">As the shop shows it, such as <c>renewal-due</c>.</param>
/// <param name="Anchor">J, the last day of the paid term; null without an open term.</param>
/// <param name="Now">What happens next, or why nothing does: one sentence.</param>
/// <param name="Steps">Every step of the sequence, in order.</param>
/// <param name="WouldChange">What would have to change for more to go, each a sentence.</param>
public sealed record Explanation(
    string ContractId, string Reference, string Client, string Shop, string Mode, string Standing, DateOnly? Anchor, string Now,
    IReadOnlyList<ExplainedStep> Steps, IReadOnlyList<string> WouldChange);

/// <summary>A step, explained.</summary>
/// <param name="NominalOn">The day that the sequence names.</param>
/// <param name="DueOn">The same, once moved off closed days.</param>
/// <param name="Moved">Why it was moved; null when it was not.</param>
/// <param name="ValidUntil">The last day on which the message is true; null: for ever.</param>
/// <param name="State"><c>sent</c>, <c>planned</c>, <c>skipped</c>, <c>failed</c>, <c>will-go</c>, <c>will-be-skipped</c> or <c>waits</c>.</param>
/// <param name="On">The day it was or will be decided; null while it waits.</param>
/// <param name="Reason">The reason's code; null where it goes.</param>
/// <param name="NeedsApproval">A person has to approve it first.</param>
/// <param name="Sentence">All of it, for people.</param>
/// <param name="Rule">The law's rule that set its day, or forbids every day; null for other steps.</param>
public sealed record ExplainedStep(
    string Step, DateOnly NominalOn, DateOnly DueOn, string? Moved, DateOnly? ValidUntil, string State, DateOnly? On, string? Reason, bool NeedsApproval, string Sentence, string? Rule = null);
