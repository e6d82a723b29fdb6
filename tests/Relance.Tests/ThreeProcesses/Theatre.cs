using Relance.Tests.Servers;

namespace Relance.Tests.ThreeProcesses;

/// <summary>Shop, service and mailbox, each a process of its own, and the clients who pay at the worst moment.</summary>
internal sealed class Theatre : IDisposable
{
    private readonly string _data = OwnedProcess.NewFolder("serve-data");
    private readonly Dictionary<string, Line> _told = [];
    private long _read;

    private Theatre(ShopProcess shop, MaildevServer maildev) => (Shop, Maildev, Cast) = (shop, maildev, new Cast(shop));

    public ShopProcess Shop { get; }

    public MaildevServer Maildev { get; }

    public Cast Cast { get; }

    public static async Task<Theatre> OpenAsync(DateTimeOffset start)
    {
        var theatre = new Theatre(await ShopProcess.StartAsync(start), await MaildevServer.StartAsync());
        await theatre.Cast.OpenAsync();
        return theatre;
    }

    /// <summary>Plays until the end of a day. All webhooks are lost: only a pull or the check finds a payment.</summary>
    public async Task PlayAsync(DateTimeOffset start, DateOnly lastDay, double speed, params string[] settings)
    {
        using var serve = await ServeProcess.StartAsync(Shop, Maildev.Port, _data, start, speed, settings);
        await Shop.ControlAsync("webhooks", new { weather = "lost" });
        await new ShopPace(Shop, serve, speed).FollowAsync(Paris.At(lastDay.AddDays(1), 0), PayAsync);
    }

    public async Task<Grade> GradeAsync(DateOnly lastDay) =>
        Grade.Of(await Mail.AllAsync(Maildev), Cast.Sales, await ShopTruth.ReadAsync(Shop, Cast.Maintenance), lastDay);

    /// <summary>Payments made after a step was planned, and found by asking the shop before that day's mail: no pull lies between.</summary>
    public async Task<int> BetweenAsync()
    {
        var paid = (await new Records(_data).JournalAsync()).Where(l => l.Kind == "paid").ToLookup(l => l.Reference);
        var truth = await ShopTruth.ReadAsync(Shop, Cast.Maintenance);
        var asked = (await Shop.LogAsync("requests")).Where(r => ShopProcess.Text(r!, "method") == "GET").Select(r => r!["at"]!.GetValue<DateTimeOffset>()).ToList();
        return Cast.Sales.Count(sale => _told.TryGetValue(sale.Reference, out var planned)
            && truth.PaidAt(sale) is { } paidAt && paidAt > planned.At
            && paid[sale.Reference].Any(found => found.Seq > planned.Seq && IsWindowOf(planned.At, found.At))
            && asked.Exists(at => at >= paidAt && at < paidAt.AddDays(1)));
    }

    public void Dispose()
    {
        Shop.Dispose();
        Maildev.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    // The windows in which mail starts, 9 to 10, are the only ones that no pull precedes.
    private static bool IsWindowOf(DateTimeOffset planned, DateTimeOffset found) =>
        Paris.Local(planned).Date == Paris.Local(found).Date && Paris.Local(planned).Hour < 9 && Paris.Local(found).Hour == 9;

    private async Task PayAsync()
    {
        foreach (var line in await new Records(_data).JournalAsync(_read))
        {
            _read = line.Seq;
            if (line.Kind == "planned" && Cast.Sales.FirstOrDefault(s => s.Reference == line.Reference && s.PaysOnceTold == line.Step) is { } sale && _told.TryAdd(sale.Reference, line))
                await Shop.ControlAsync("pay", sale.Payment);
        }
    }
}
