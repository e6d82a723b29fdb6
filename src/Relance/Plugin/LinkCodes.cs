using System.Security.Cryptography;
using System.Text;
using Relance.Agency;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Plugin;

/// <summary>What a person allows with a code, besides the link itself: these belong to the code, never to whoever shows it.</summary>
/// <param name="Test">A staging site or a stub: may be live, never becomes a real shop.</param>
/// <param name="AllowPrivate">It may be on a private network.</param>
/// <param name="AllowInvalidCertificate">Its certificate is not checked.</param>
public sealed record LinkLeave(bool Test = false, bool AllowPrivate = false, bool AllowInvalidCertificate = false);

/// <summary>A code that was just made: shown once.</summary>
/// <param name="Code"><c>XXXX-XXXX-XXXX</c>.</param>
/// <param name="ExpiresAt">Real instant until which it links.</param>
public sealed record NewCode(string Code, DateTimeOffset ExpiresAt);

/// <summary>A code that links nothing: unknown, used or expired; which of them is not said.</summary>
public sealed class CodeRefusedException() : Exception("code: expected one that 'relance shop invite' or 'relance site invite' has printed within ten minutes, and that has not linked anything yet.");

/// <summary>One-time codes that link shops and sites. 31 letters in twelve places are 59 bits, which ten minutes and twenty tries a minute do not reach.</summary>
public sealed class LinkCodes(Database database, Clocks clocks)
{
    // Without 0, O, 1, I and L: people read them off a screen.
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private static readonly TimeSpan s_valid = TimeSpan.FromMinutes(10);

    /// <summary>Invites a shop.</summary>
    public Task<NewCode> InviteShopAsync(LinkLeave leave, Actor actor, CancellationToken ct = default) => MakeAsync("shop", null, leave, actor, ct);

    /// <summary>Invites the site that a contract maintains.</summary>
    /// <exception cref="RefusedException">No such contract.</exception>
    public async Task<NewCode> InviteSiteAsync(string contractId, Actor actor, CancellationToken ct = default)
    {
        if (await database.ReadAsync(s => s.ValueAsync<string>("SELECT id FROM contract WHERE id = @contractId", new { contractId }), ct) is null)
            throw RefusedException.NotFound("contract", contractId);
        return await MakeAsync("site", contractId, new LinkLeave(), actor, ct);
    }

    /// <summary>What a code allows.</summary>
    /// <exception cref="CodeRefusedException">It links nothing.</exception>
    internal async Task<LinkCode> FindAsync(string kind, string code, CancellationToken ct)
    {
        var presented = HashOf(code);
        var open = await database.ReadAsync(
            s => s.QueryAsync<LinkCode>(
                """
                SELECT hash AS Hash, contract_id AS ContractId, test AS Test, allow_private AS AllowPrivate, allow_invalid_certificate AS AllowInvalidCertificate, who AS Who
                FROM link_code WHERE kind = @kind AND spent_at IS NULL AND expires_at > @Now
                """, new { kind, Now = clocks.Real.Millis() }), ct);
        LinkCode? found = null;
        foreach (var one in open)
        {
            if (CryptographicOperations.FixedTimeEquals(Convert.FromHexString(one.Hash), Convert.FromHexString(presented)))
                found = one;
        }

        return found ?? throw new CodeRefusedException();
    }

    /// <summary>Spends a code, in the transaction of what it links.</summary>
    /// <exception cref="CodeRefusedException">Somebody else was quicker, or it has expired meanwhile.</exception>
    internal async Task SpendAsync(Session session, LinkCode code)
    {
        if (await session.ExecuteAsync("UPDATE link_code SET spent_at = @Now WHERE hash = @Hash AND spent_at IS NULL AND expires_at > @Now", new { code.Hash, Now = clocks.Real.Millis() }) == 0)
            throw new CodeRefusedException();
    }

    private async Task<NewCode> MakeAsync(string kind, string? contractId, LinkLeave leave, Actor actor, CancellationToken ct)
    {
        var (code, expires) = (RandomNumberGenerator.GetString(Letters, 12), clocks.Real + s_valid);
        await database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("DELETE FROM link_code WHERE expires_at < @Before", new { Before = clocks.Real.AddDays(-1).Millis() });
                await session.ExecuteAsync(
                    """
                    INSERT INTO link_code (hash, kind, contract_id, test, allow_private, allow_invalid_certificate, who, expires_at)
                    VALUES (@Hash, @kind, @contractId, @Test, @Private, @Certificate, @Who, @Expires)
                    """, new
                    {
                        Hash = HashOf(code),
                        kind,
                        contractId,
                        Test = leave.Test ? 1L : 0L,
                        Private = leave.AllowPrivate ? 1L : 0L,
                        Certificate = leave.AllowInvalidCertificate ? 1L : 0L,
                        Who = actor.ToString(),
                        Expires = expires.Millis(),
                    });
            },
            ct);
        return new NewCode($"{code[..4]}-{code[4..8]}-{code[8..]}", expires);
    }

    // As people type it: without the dashes, in small letters.
    private static string HashOf(string code) => Values.Hash(Encoding.UTF8.GetBytes(new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant()));
}

/// <summary>A code as stored.</summary>
internal sealed class LinkCode
{
    public string Hash { get; init; } = "";
    public string? ContractId { get; init; }
    public long Test { get; init; }
    public long AllowPrivate { get; init; }
    public long AllowInvalidCertificate { get; init; }
    public string Who { get; init; } = "";
}
