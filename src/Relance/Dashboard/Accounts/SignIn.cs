using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Relance.Storage;

namespace Relance.Dashboard;

/// <summary>How a try to sign in ended.</summary>
internal enum SignInOutcome
{
    /// <summary>The password is right.</summary>
    Welcome,
    /// <summary>Unknown account, no password yet, or a wrong one: never said which.</summary>
    Wrong,
    /// <summary>Too many wrong ones: nothing was looked at.</summary>
    Wait,
}

/// <summary>How a try ended.</summary>
/// <param name="Account">Who, when welcome.</param>
/// <param name="Wait">How long, when it must wait.</param>
internal sealed record SignInResult(SignInOutcome Outcome, Account? Account = null, TimeSpan Wait = default);

/// <summary>Checks a password, slowly for those who guess.</summary>
internal sealed class SignIn(Database database, SignInGuard guard) : IDisposable
{
    private const int FreePerEmail = 5;
    private const int FreePerDevice = 10;
    // An office shares one address.
    private const int FreePerAddress = 20;

    private readonly Passwords _passwords = new();
    // A hash takes a tenth of a second of a processor: strangers get one at a time, and the owner's own devices another.
    private readonly ConcurrencyLimiter _strangers = new(new() { PermitLimit = 1, QueueLimit = 20 });
    private readonly ConcurrencyLimiter _owners = new(new() { PermitLimit = 1, QueueLimit = 20 });

    /// <summary>Tries a password.</summary>
    /// <param name="device">The device's cookie, if it has one.</param>
    public async Task<SignInResult> TryAsync(string email, string password, string? device, IPAddress? address, CancellationToken ct)
    {
        var account = await database.ReadAsync(session => AccountStore.ByEmailAsync(session, email), ct);
        var known = account is not null && await IsKnownAsync(device, account.Id, ct);
        var buckets = known ? [new Bucket($"device:{Tokens.Hash(device!)}", FreePerDevice)] : StrangersBuckets(email, address);
        if (await guard.TakeAsync(buckets, ct) is var wait && wait > TimeSpan.Zero)
            return new(SignInOutcome.Wait, Wait: wait);
        using var turn = await (known ? _owners : _strangers).AcquireAsync(1, ct);
        if (!turn.IsAcquired)
            return new(SignInOutcome.Wait, Wait: TimeSpan.FromSeconds(30));
        if (!_passwords.Verify(account?.PasswordHash, password))
            return new(SignInOutcome.Wrong);
        await guard.ClearAsync([.. buckets.Where(bucket => !IsAddress(bucket))], ct);
        return new(SignInOutcome.Welcome, new Account(account!.Id, account.Email, account.Name, Ready: true));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _strangers.Dispose();
        _owners.Dispose();
    }

    private async Task<bool> IsKnownAsync(string? device, string accountId, CancellationToken ct) => Tokens.IsToken(device)
        && await database.ReadAsync(s => s.ValueAsync<long>("SELECT COUNT(*) FROM account_device WHERE hash = @Hash AND account_id = @Id", new { Hash = Tokens.Hash(device!), Id = accountId }), ct) == 1;

    private static Bucket[] StrangersBuckets(string email, IPAddress? address) =>
        [new($"email:{Tokens.Hash(email.Trim().ToLowerInvariant())}", FreePerEmail), new($"address:{Network(address)}", FreePerAddress)];

    // One right password among a thousand wrong ones from an address does not make the address good.
    private static bool IsAddress(Bucket bucket) => bucket.Key.StartsWith("address:", StringComparison.Ordinal);

    // A host of IPv6 has a /64 to itself, so that its addresses are one.
    private static string Network(IPAddress? address)
    {
        if (address is null)
            return "none";
        if (address.IsIPv4MappedToIPv6 || address.AddressFamily == AddressFamily.InterNetwork)
            return address.MapToIPv4().ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return $"{new IPAddress(bytes)}/64";
    }
}
