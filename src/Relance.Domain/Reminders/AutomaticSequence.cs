using Relance.Domain.Calendar;

namespace Relance.Domain.Reminders;

/// <summary>Builds the sequence of contracts that are paid automatically (catalogue §1): one information before the debit, nothing that asks
/// for payment; what follows the last day is the maintenance sequence, counted from the day on which the payment failed.</summary>
public static class AutomaticSequence
{
    /// <summary>The name stored with cycles.</summary>
    public const string Name = "automatic";

    /// <summary>The information before the debit: amount, day, how to stop it.</summary>
    public const string BeforeDebit = "maintenance.before-debit";

    // Shorter terms are debited so often that a message before each would be noise (catalogue §1).
    private const int LongTerm = 6;

    // The debit is on J+1: sixteen days ahead, where a SEPA direct debit asks for fourteen (SEPA Core Direct Debit rulebook, pre-notification).
    private static readonly Step s_beforeDebit = new(BeforeDebit, StepClass.Reminder, -15, -2, DateMove.Earlier, 1);

    /// <summary>The steps for a term of so many months.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="MaintenanceSequence.For"/>.</exception>
    public static Sequence For(int months, MaintenanceOptions options)
    {
        var unpaid = MaintenanceSequence.For(months, options).Steps.Where(step => step.Day > 0);
        return new Sequence(Name, months >= LongTerm ? [s_beforeDebit, .. unpaid] : [.. unpaid]);
    }
}
