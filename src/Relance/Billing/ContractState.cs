using System.Text.Json;
using System.Text.Json.Serialization;
using Relance.Domain.Billing;
using Relance.Domain.Law;
using Relance.Domain.Reminders;
using Relance.Shops;

namespace Relance.Billing;

/// <summary>What a contract's row holds as JSON. Dates are local dates of the shop.</summary>
public sealed record ContractState
{
    /// <summary>Length of a term, in months.</summary>
    public int Months { get; init; }
    /// <summary>First day of the first term: later terms are counted from it.</summary>
    public DateOnly FirstStart { get; init; }
    /// <summary>Number of the last paid term, from 1.</summary>
    public int TermNo { get; init; }
    /// <summary>First day of the last paid term.</summary>
    public DateOnly TermStart { get; init; }
    /// <summary>Last day of the last paid term: J of the open cycle.</summary>
    public DateOnly TermEnd { get; init; }
    /// <summary>How it renews.</summary>
    public RenewalKind Kind { get; init; }
    /// <summary>The open cycle's notice day, moved by the calendar.</summary>
    public DateOnly? NoticeDueOn { get; init; }
    /// <summary>Day the suspension mail was accepted.</summary>
    public DateOnly? SuspendedOn { get; init; }
    /// <summary>Day the contract was closed.</summary>
    public DateOnly? EndedOn { get; init; }
    /// <summary>Day the client declined.</summary>
    public DateOnly? DeclinedOn { get; init; }
    /// <summary>What the client bought, as the shop names it.</summary>
    public string PlanName { get; init; } = "";
    /// <summary>Price of the next term incl. VAT, minor units.</summary>
    public long Amount { get; init; }
    /// <summary>ISO currency.</summary>
    public string Currency { get; init; } = "EUR";
    /// <summary>The shop's customer, 0 for a guest.</summary>
    public long CustomerId { get; init; }
    /// <summary>Billing details copied into a renewal order.</summary>
    public ShopBilling Billing { get; init; } = new("", "", "", "", "", "");
    /// <summary>The lines of a renewal order.</summary>
    public IReadOnlyList<NewOrderLine> Lines { get; init; } = [];
    /// <summary>The subscription, where that is the source.</summary>
    public long? SubscriptionId { get; init; }
    /// <summary>Its page for the client.</summary>
    public Uri? ViewUrl { get; init; }
    /// <summary>Its status in the shop when last seen.</summary>
    public string? SubscriptionStatus { get; init; }
    /// <summary>The latest order of this contract: where the status is posted when there is no subscription.</summary>
    public long LatestOrderId { get; init; }
    /// <summary>The open order that would renew it.</summary>
    public long? RenewalOrderId { get; init; }
    /// <summary>Its number, for the mails.</summary>
    public string? RenewalOrderNumber { get; init; }
    /// <summary>Where to pay it.</summary>
    public Uri? PayUrl { get; init; }
    /// <summary>Day a transfer or cheque was announced.</summary>
    public DateOnly? AnnouncedOn { get; init; }
    /// <summary>Day an automatic payment of the open renewal order failed.</summary>
    public DateOnly? DebitFailedOn { get; init; }
    /// <summary>Why a person must look first (a <see cref="SkipReason"/> name).</summary>
    public string? Hold { get; init; }
    /// <summary>What made it wait: only that lets it go on.</summary>
    public string? HeldBy { get; init; }
    /// <summary>The day on which a person says that the last term was paid.</summary>
    public DateOnly? PaidOn { get; init; }
    /// <summary>That payment's reference, as the agency keeps it.</summary>
    public string? PaidReference { get; init; }
    /// <summary>Who declined or ended it, where a person did: only that can be undone.</summary>
    public string? ClosedBy { get; init; }
    /// <summary>Its term ended long before the shop was linked: closed without a word, and open to older payments that an import tells later.</summary>
    public bool Historic { get; init; }

    /// <summary>The maintained site, where known.</summary>
    public string? SiteUrl { get; init; }
    /// <summary>Months of notice before a tacit renewal, where the contract says months.</summary>
    public int? NoticeMonths { get; init; }
    /// <summary>Days of notice before a tacit renewal, where the contract says days.</summary>
    public int? NoticeDays { get; init; }
    /// <summary>Months by which it renews tacitly; null: as many as a term.</summary>
    public int? RenewalMonths { get; init; }
    /// <summary>The reference that the signed contract bears; null: ours.</summary>
    public string? OwnReference { get; init; }
    /// <summary>Concluded online (C. consom. L215-1-1); null while nobody has said.</summary>
    public bool? ConcludedOnline { get; init; }
    /// <summary>A person said that the legal notice must not go; null otherwise.</summary>
    public NoticeOff? NoticeOff { get; init; }
    /// <summary>A notice that was given another way than by Relance's mail.</summary>
    public NoticeGiven? NoticeGiven { get; init; }
    /// <summary>The latest term whose legal notice was never given in time.</summary>
    public NoticeMissed? NoticeMissed { get; init; }
    /// <summary>What goes back to a client who ended a renewed contract early; null otherwise.</summary>
    public EarlyEnd? EarlyEnd { get; init; }
    /// <summary>The number of the running term while it is not paid: a tacit contract goes on all the same.</summary>
    public int? UnpaidTerm { get; init; }
    /// <summary>Steps due before this day are skipped, besides the shop's own baseline: the day of its import.</summary>
    public DateOnly? BaselineOn { get; init; }
    /// <summary>What the plugin last said, where that is the source.</summary>
    public PluginSeen? Plugin { get; init; }
    /// <summary>The contract lets its suspension be shown to the administrators of the maintained site.</summary>
    public bool MayShowNotice { get; init; }
    /// <summary>A person allowed that for the suspension of now; null otherwise.</summary>
    public NoticeShown? NoticeShown { get; init; }
    /// <summary>VAT rate in percent, of an imported contract.</summary>
    public decimal? VatRate { get; init; }
    /// <summary>Fingerprint of the row last imported.</summary>
    public string? ImportedRow { get; init; }
    /// <summary>The last day that row said.</summary>
    public DateOnly? ImportedEnd { get; init; }

    /// <summary>Its client asked to be forgotten: what the shop still says of them is not kept.</summary>
    public bool Erased { get; init; }

    /// <summary>Price of the next term incl. VAT.</summary>
    [JsonIgnore]
    public Money Price => new(Amount, Currency);

    /// <summary>The next term, counted from the first start; a subscription's, and one after a moved date, from the day after J.</summary>
    [JsonIgnore]
    public Term NextTerm => SubscriptionId is null && Term.Nth(FirstStart, Months, TermNo).End == TermEnd
        ? Term.Nth(FirstStart, Months, TermNo + 1)
        : new Term(TermEnd.AddDays(1), TermEnd.AddDays(1).AddMonths(Months).AddDays(-1));

    /// <summary>The notice period of a tacit contract; null while nobody has said.</summary>
    [JsonIgnore]
    public NoticePeriod? Notice => NoticeDays is { } days ? NoticePeriod.OfDays(days) : NoticeMonths is { } months ? NoticePeriod.OfMonths(months) : null;

    /// <summary>Whether a payment still renews it.</summary>
    [JsonIgnore]
    public bool CanRenew => Historic || this is { EndedOn: null, DeclinedOn: null };

    /// <summary>The running term began without a lawful notice: a protected client may end it at any time (C. consom. L215-1).</summary>
    [JsonIgnore]
    public bool MayEndNow => NoticeMissed is { } missed && (missed.TermNo == TermNo - 1 || (missed.TermNo == TermNo && missed.BeforeToo));

    /// <summary>The same with another notice period; null keeps the one it has.</summary>
    public ContractState WithNotice(NoticePeriod? notice) => notice is not { } said ? this
        : this with { NoticeMonths = said.Days > 0 ? null : said.Months, NoticeDays = said.Days > 0 ? said.Days : null };

    /// <summary>Waits for a person.</summary>
    public ContractState Held(string by) => this with { Hold = nameof(SkipReason.NeedsDecision), HeldBy = by };

    /// <summary>Goes on, unless something else made it wait.</summary>
    public ContractState Released(string by) => HeldBy == by ? this with { Hold = null, HeldBy = null } : this;

    /// <summary>No order asks for the next term any more, and nothing is announced for it.</summary>
    public ContractState WithoutOrder() => this with { RenewalOrderId = null, RenewalOrderNumber = null, PayUrl = null, AnnouncedOn = null };

    /// <summary>What was asked for is paid: nothing waits, for money or for a person.</summary>
    /// <param name="orderId">The order that was paid, where one is known.</param>
    public ContractState Settled(long? orderId) => WithoutOrder() with
    {
        DebitFailedOn = null,
        Hold = null,
        HeldBy = null,
        LatestOrderId = orderId ?? LatestOrderId,
        PaidOn = null,
        PaidReference = null,
    };

    /// <summary>The domain's view.</summary>
    public Contract ToContract() => new(new Term(TermStart, TermEnd), Kind, NoticeDueOn, SuspendedOn, EndedOn, DeclinedOn);

    /// <summary>As stored.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, BillingJson.Default.ContractState);

    /// <summary>From storage.</summary>
    public static ContractState FromJson(string json) => JsonSerializer.Deserialize(json, BillingJson.Default.ContractState)!;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ContractState))]
internal sealed partial class BillingJson : JsonSerializerContext;
