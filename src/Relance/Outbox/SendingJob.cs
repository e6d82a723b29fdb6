using Relance.Channels;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Outbox;

/// <summary>
/// Claims, checks at the shop, renders, sends and records: while one batch is on its way, the next one is made ready. Two of them, on two
/// machines, share the work and double nothing.
/// </summary>
public sealed class SendingJob(Database database, RelanceSettings settings, Claims claims, LetterWriter writer, Batches batches, Delivery delivery, IEnumerable<IChannel> channels) : IJobBody
{
    /// <summary>Sends what is due; the number of messages that left.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await claims.RecoverAsync(ct);
        var sent = 0;
        foreach (var shop in await database.ReadAsync(LinkedShop.WorkingAsync, ct))
            sent += await SendAsync(shop, ct);
        return sent;
    }

    private async Task<int> SendAsync(LinkedShop shop, CancellationToken ct)
    {
        // A copy of the shop under another address must not speak to the clients of the real one.
        if (shop.SiteMismatch == 1)
            return 0;
        await writer.PrepareAsync(shop, ct);
        var sent = 0;
        var next = NextAsync(shop, ct);
        try
        {
            while (await next is { } batch)
            {
                next = batch.IsLast ? Task.FromResult<Batch?>(null) : NextAsync(shop, ct);
                var outcomes = await delivery.SendAsync(shop, batch, ct);
                sent += outcomes.Count(outcome => outcome == SendOutcome.Accepted);
                if (outcomes.Contains(SendOutcome.Misconfigured) || IsLimited)
                    break;
            }
        }
        finally
        {
            await GiveBackAsync(next);
        }

        return sent;
    }

    private bool IsLimited => channels.Any(channel => channel.NextAt(settings.Smtp.From) is not null);

    private Task<Batch?> NextAsync(LinkedShop shop, CancellationToken ct) =>
        ct.IsCancellationRequested || IsLimited ? Task.FromResult<Batch?>(null) : Task.Run(() => batches.NextAsync(shop, ct), CancellationToken.None);

    // One that was made ready and is not sent may be claimed again at once.
    private async Task GiveBackAsync(Task<Batch?> next)
    {
        await Task.WhenAny(next);
        if (next is { IsCompletedSuccessfully: true, Result: { } batch })
            await claims.ReleaseAsync(batch.Claimed, "stopped", CancellationToken.None);
    }
}
