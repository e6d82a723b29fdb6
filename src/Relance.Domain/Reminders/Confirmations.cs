using Relance.Domain.Billing;

namespace Relance.Domain.Reminders;

/// <summary>Which confirmation answers a payment. It belongs to the cycle that the payment closes, and leaves at once.</summary>
public static class Confirmations
{
    /// <summary>The step to send when a term is paid, by the standing <em>before</em> the payment (catalogue §1):
    /// <c>reactivated</c> after a suspension, <c>renewed</c> before one; null once the contract is closed (money after the end is a task).</summary>
    public static string? OnPayment(Standing before) => before switch
    {
        Standing.Suspended => MaintenanceSequence.Reactivated,
        Standing.Active or Standing.RenewalDue or Standing.Grace => MaintenanceSequence.Renewed,
        _ => null,
    };
}
