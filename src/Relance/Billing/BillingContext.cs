using Relance.Domain.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Reminders;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>One transaction about one shop: the session, the shop, the rules and the business instant.</summary>
public sealed record BillingContext(Session Session, LinkedShop Shop, RelanceSettings Settings, DateTimeOffset Now)
{
    /// <summary>Open days and hours of the shop.</summary>
    public BusinessCalendar Calendar { get; } = For(Shop, Settings);

    /// <summary>The shop's local date.</summary>
    public DateOnly Today => Calendar.LocalDate(Now);

    /// <summary>The first day whose steps may go.</summary>
    public DateOnly BaselineOn => Values.Date(Shop.BaselineOn);

    /// <summary>The first day whose steps may go for one contract: an imported one begins on the day of its import.</summary>
    public DateOnly BaselineOf(ContractState state) => state.BaselineOn > BaselineOn ? state.BaselineOn.Value : BaselineOn;

    /// <summary>The sequence a contract follows.</summary>
    public Sequence SequenceOf(StoredContract contract) => SequenceOf(contract.State, contract.ClientKind);

    /// <summary>The sequence of a contract in this state; empty for a tacit one whose notice period is not known.</summary>
    /// <param name="kind">What the law sees in the client: it dates the legal notice.</param>
    public Sequence SequenceOf(ContractState state, ClientKind kind) => state.Kind switch
    {
        RenewalKind.Explicit => Allowed(MaintenanceSequence.For(state.Months, Options(Settings.Maintenance)), state),
        RenewalKind.Tacit => LegalNotices.TermOf(this, state, kind) is { } term ? WithApprovals(TacitSequence.For(term)) : new Sequence(TacitSequence.Name, []),
        _ => Allowed(AutomaticSequence.For(state.Months, Options(Settings.Maintenance)), state),
    };

    /// <summary>Whether an order in this status is paid: never <c>date_paid</c> alone, which survives a return to on-hold.</summary>
    public bool IsPaid(ShopOrder order) => order.Status == "completed" || Settings.PaidStatuses.Contains(order.Status) || (order.Status == "processing" && !IsDeferred(order));

    /// <summary>Announced, not received: on hold by transfer or cheque, or processing by a method that is paid only when completed.</summary>
    public bool IsAnnounced(ShopOrder order) =>
        !IsPaid(order) && ((order.Status == "on-hold" && order.PaymentMethod is "bacs" or "cheque") || (order.Status == "processing" && IsDeferred(order)));

    // What a person must approve first, and what the shop says itself.
    private Sequence Allowed(Sequence sequence, ContractState state) => Shop.WithSpeakers(Shop.WithApprovals(WithApprovals(sequence)), state.SubscriptionId is not null);

    private Sequence WithApprovals(Sequence sequence) => Settings.Approvals.Count == 0
        ? sequence
        : sequence with { Steps = [.. sequence.Steps.Select(step => Settings.Approvals.Contains(step.Id) ? step with { NeedsApproval = true } : step)] };

    private bool IsDeferred(ShopOrder order) => Settings.DeferredMethods.Contains(order.PaymentMethod);

    /// <summary>The calendar of a shop.</summary>
    public static BusinessCalendar For(LinkedShop shop, RelanceSettings settings) => new(
        TimeZoneInfo.FindSystemTimeZoneById(shop.Tz),
        new SendingWindow(settings.Calendar.WindowStart, settings.Calendar.WindowEnd, SendingWindow.Default.LastCall),
        settings.Calendar.BusinessDaysOnly,
        settings.Calendar.AlsaceMoselle ? HolidayRegion.AlsaceMoselle : HolidayRegion.Metropole);

    private static MaintenanceOptions Options(MaintenanceSettings settings) => new(settings.NoticeDays, settings.Lapsed, settings.EndAfterDays);
}
