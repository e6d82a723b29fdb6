namespace Relance.Agency;

/// <summary>What a person wants to know in the morning. Lists hold a hundred at most, counts are whole.</summary>
/// <param name="Date">The business day in the agency's time zone.</param>
/// <param name="GoingOut">What leaves today, or is due to.</param>
/// <param name="AwaitingApproval">What a person must allow.</param>
/// <param name="Bounced">What failed since yesterday.</param>
/// <param name="OverdueTasks">Tasks whose day has passed.</param>
/// <param name="OpenTasks">All open tasks.</param>
/// <param name="SilentShops">Shops that do not answer, or that nothing may be sent for.</param>
/// <param name="Standings">Contracts by standing.</param>
public sealed record TodayView(
    DateOnly Date, IReadOnlyList<MessageSummary> GoingOut, int SentToday, IReadOnlyList<ApprovalItem> AwaitingApproval, IReadOnlyList<MessageSummary> Bounced,
    IReadOnlyList<TaskItem> OverdueTasks, int OpenTasks, IReadOnlyList<SilentShop> SilentShops, IReadOnlyDictionary<string, int> Standings);

/// <summary>A shop that keeps reminders waiting.</summary>
/// <param name="Since">Since when it does not answer, if that is why.</param>
/// <param name="Because">restored, shop-unreachable, site-mismatch or clock-skew.</param>
public sealed record SilentShop(string Id, string Name, string Url, DateTimeOffset? Since, string Because);
