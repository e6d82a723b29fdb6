namespace Relance.Agency;

/// <summary>Answers that do something: a payment, a refusal, a message.</summary>
internal sealed class TaskAnswers(AgencyDesk desk, Approvals approvals, ContractActions contracts, UnknownOutcomes outcomes)
{
    /// <summary>Carries the answer out; one that only notes something does nothing here.</summary>
    /// <exception cref="RefusedException">What it would do is refused; the task stays open.</exception>
    public Task ActAsync(AgencyTask task, string outcome, string? note, Actor actor, CancellationToken ct) => (task.Kind, outcome) switch
    {
        ("approval", TaskOutcomes.Approved) => approvals.ApproveAsync(task.SubjectId, actor, ct),
        ("approval", TaskOutcomes.Rejected) => approvals.RejectAsync(task.SubjectId, note!, actor, ct),
        ("approval", TaskOutcomes.Done) => approvals.MustBeOverAsync(task.SubjectId, ct),
        ("declined?", TaskOutcomes.Declined) => contracts.DeclineAsync(task.SubjectId, note ?? TaskOutcomes.Declined, actor, ct),
        ("declined?", TaskOutcomes.GoesOn) => contracts.GoOnAsync(task.SubjectId, task.DedupKey, actor, ct),
        ("refused-late", TaskOutcomes.Declined) => contracts.DeclineAsync(task.SubjectId, note ?? TaskOutcomes.Declined, actor, ct),
        ("plugin-paid", TaskOutcomes.Paid) => contracts.MarkPaidAsync(task.SubjectId, desk.Today, note, actor, ct),
        ("plugin-paid", TaskOutcomes.GoesOn) => contracts.GoOnAsync(task.SubjectId, task.DedupKey, actor, ct),
        ("check-bank", TaskOutcomes.Paid) => contracts.MarkPaidAsync(task.SubjectId, desk.Today, note, actor, ct),
        ("price-changed", TaskOutcomes.Approved) => contracts.ApprovePriceAsync(task.SubjectId, actor, ct),
        ("payment-undone", TaskOutcomes.Closed) => contracts.EndAsync(task.SubjectId, note ?? "payment-undone", actor, ct),
        ("which-contract", TaskOutcomes.None) => contracts.AnswerAsync(task.Id, null, actor, ct),
        ("outcome-unknown", TaskOutcomes.Delivered) => outcomes.DeliveredAsync(task.SubjectId, actor, ct),
        ("outcome-unknown", TaskOutcomes.SendAgain) => outcomes.SendAgainAsync(task.SubjectId, actor, ct),
        ("letter", TaskOutcomes.Done) => contracts.LetterSentAsync(task.SubjectId, note ?? "letter", actor, ct),
        ("tacit-historic", TaskOutcomes.GoesOn) => contracts.RunsOnAsync(task.SubjectId, actor, ct),
        _ => Task.CompletedTask,
    };
}
