using System.Security.Cryptography;
using Relance.Agency;
using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Operations;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using Relance.Storage;

namespace Relance.Plugin;

/// <summary>A maintained site that was linked.</summary>
/// <param name="Secret">Signs what it asks from now on.</param>
internal sealed record SiteLink(string Id, string Secret);

/// <summary>What a maintained site shows to its administrators, never to visitors.</summary>
/// <param name="ShowNotice">Only while its contract is suspended, its clauses allow it, and a person said so.</param>
/// <param name="Since">The first day of the suspension; null while nothing is shown.</param>
internal sealed record SiteAnswer(bool ShowNotice, DateOnly? Since, SenderSettings Agency, Uri? PayUrl);

/// <summary>Links the sites that contracts maintain, and answers what they ask each hour.</summary>
internal sealed class Sites(Database database, RelanceSettings settings, Clocks clocks, Secrets secrets, LinkCodes codes, SignedCalls calls)
{
    private const string SecretLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int LongestUrl = 500;
    private readonly string _decoy = RandomNumberGenerator.GetHexString(50);

    /// <summary>Links a site by the code of its contract; the one before it is forgotten.</summary>
    /// <exception cref="CodeRefusedException">The code links nothing.</exception>
    /// <exception cref="RefusedException">The address is none.</exception>
    public async Task<SiteLink> LinkAsync(string code, string url, CancellationToken ct)
    {
        var found = await codes.FindAsync("site", code, ct);
        if (url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
            throw PluginBody.Wrong("url", "the address of the site, such as https://client.example");
        var site = new SiteLink(Values.NewId(), RandomNumberGenerator.GetString(SecretLetters, 50));
        await database.WriteAsync(
            async session =>
            {
                await codes.SpendAsync(session, found);
                var contract = (await ContractStore.FindAsync(session, found.ContractId!))!;
                var context = new BillingContext(session, (await LinkedShop.FindAsync(session, contract.ShopId))!, settings, clocks.Now);
                await session.ExecuteAsync("DELETE FROM site WHERE contract_id = @Id", new { contract.Id });
                await session.ExecuteAsync(
                    "INSERT INTO site (id, contract_id, url, secret, linked_at) VALUES (@Id, @ContractId, @Url, @Secret, @Now)",
                    new { site.Id, ContractId = contract.Id, Url = address.AbsoluteUri, Secret = secrets.Protect(site.Secret), Now = clocks.Real.Millis() });
                await AgencyDesk.JournalAsync(context, "site-linked", contract.Id, new Actor(Actor.OfPlugin, address.Host), null, ("invited-by", found.Who));
            },
            ct);
        return site;
    }

    /// <summary>Answers a signed question.</summary>
    /// <exception cref="StaleCallException">No such site, or not signed by it now, or asked before.</exception>
    public async Task<SiteAnswer> AnswerAsync(string id, byte[] raw, string? signature, CancellationToken ct)
    {
        var row = await database.ReadAsync(s => s.FirstAsync<Row>("SELECT contract_id AS ContractId, secret AS Secret FROM site WHERE id = @id", new { id }), ct);
        // A refusal costs the same for every id.
        if (!WebhookSignature.Verify(raw, secrets.Unprotect(row?.Secret ?? Protected), signature) || row is null)
            throw new StaleCallException("X-WC-Webhook-Signature: expected that of this body, made with the secret of the link.");
        await calls.AdmitAsync(id, PluginBody.Parse(raw), ct);
        return await database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("UPDATE site SET seen_at = @Now WHERE id = @id", new { id, Now = clocks.Real.Millis() });
                var contract = (await ContractStore.FindAsync(session, row.ContractId))!;
                return Answer(new BillingContext(session, (await LinkedShop.FindAsync(session, contract.ShopId))!, settings, clocks.Now), contract);
            },
            ct);
    }

    private SiteAnswer Answer(BillingContext context, StoredContract contract)
    {
        var show = contract.State is { NoticeShown: not null, MayShowNotice: true } && contract.State.ToContract().StandingAt(context.Today) == Standing.Suspended;
        return new SiteAnswer(show, show ? contract.State.SuspendedOn : null, ShopSender.Of(context.Shop, settings), show ? contract.State.PayUrl : null);
    }

    private string Protected => field ??= secrets.Protect(_decoy);

    private sealed class Row
    {
        public string ContractId { get; init; } = "";
        public string Secret { get; init; } = "";
    }
}
