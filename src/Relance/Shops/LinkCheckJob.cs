using Relance.Operations;

namespace Relance.Shops;

/// <summary>Looks at every link: another address (a staging copy), a clock that differs, webhooks that were disabled.</summary>
public sealed partial class LinkCheckJob(ShopLinker linker, ILogger<LinkCheckJob> logger) : IJobBody
{
    /// <summary>Checks all shops; the number that answered.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var answered = 0;
        // The webhooks of a restored shop are still its original's.
        foreach (var shop in (await linker.ListAsync(ct)).Where(shop => shop.RestoredAt is null))
        {
            try
            {
                await linker.CheckAsync(shop.Id, ct);
                answered++;
            }
            catch (Exception e) when (e is ShopException or SecretUnreadableException)
            {
                NotChecked(e, shop.Id);
            }
        }

        return answered;
    }

    [LoggerMessage(LogLevel.Warning, "The link of shop {ShopId} could not be checked")]
    private partial void NotChecked(Exception e, string shopId);
}
