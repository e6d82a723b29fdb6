using System.Globalization;
using Relance.Agency;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Dashboard;

/// <summary>A person who may open the pages.</summary>
/// <param name="Ready">Whether a password is set: false until the set-up link was used.</param>
public sealed record Account(string Id, string Email, string Name, bool Ready);

/// <summary>A link that sets a password, once.</summary>
/// <param name="Url">Opens the page that asks for the password. A secret until it is used.</param>
/// <param name="Expires">Real instant after which it opens nothing.</param>
public sealed record SetUpLink(Uri Url, DateTimeOffset Expires)
{
    /// <inheritdoc/>
    public override string ToString() => "set-up link"; // the compiler's own would print the token
}

/// <summary>The people who may open the pages. The first one comes by a link that <c>serve</c> prints.</summary>
/// <remarks>Refusals are <see cref="RefusedException"/>.</remarks>
public sealed class Accounts(Database database, RelanceSettings settings, Clocks clocks)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(24);
    private const int LongestName = 100;

    private readonly Passwords _passwords = new();

    /// <summary>Everybody, the oldest account first.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken ct = default) =>
        [.. (await database.ReadAsync(AccountStore.AllAsync, ct)).Select(Seen)];

    /// <summary>A link that makes the first account; null when there is somebody already. An earlier link stops working.</summary>
    public Task<SetUpLink?> FirstLinkAsync(CancellationToken ct = default) => database.WriteAsync(
        async session => (await AccountStore.AllAsync(session)).Count > 0 ? null : await LinkAsync(session, null), ct);

    /// <summary>Makes an account without a password, and the link that sets it.</summary>
    public Task<SetUpLink> AddAsync(string email, string name, CancellationToken ct = default)
    {
        var (address, person) = (Email(email), Name(name));
        return database.WriteAsync(async session =>
        {
            if (await AccountStore.ByEmailAsync(session, address) is not null)
                throw new RefusedException(Refusal.Conflict, "email", Words.Say("une adresse qui n’a pas encore de compte", "an address without an account"));
            return await LinkAsync(session, (await AccountStore.AddAsync(session, address, person, clocks.Real)).Id);
        }, ct);
    }

    /// <summary>Ends an account's sessions and its password; the link sets a new one.</summary>
    public Task<SetUpLink> ResetAsync(string email, CancellationToken ct = default) => database.WriteAsync(async session =>
    {
        var account = await FindAsync(session, email);
        await AccountStore.ForgetAsync(session, account.Id);
        await AccountStore.SetPasswordAsync(session, account.Id, null);
        return await LinkAsync(session, account.Id);
    }, ct);

    /// <summary>Removes an account and ends its sessions. What this person decided stays in the journal.</summary>
    public Task RemoveAsync(string email, CancellationToken ct = default) =>
        database.WriteAsync(async session => await AccountStore.RemoveAsync(session, (await FindAsync(session, email)).Id), ct);

    /// <summary>Whom a link is for: null when it opens nothing, an account without id when it makes the first.</summary>
    internal Task<Account?> OfLinkAsync(string token, CancellationToken ct) =>
        Tokens.IsToken(token) ? database.ReadAsync(session => OfLinkAsync(session, token), ct) : Task.FromResult<Account?>(null);

    /// <summary>Uses a link: makes the first account, or sets the password of one that waits for it.</summary>
    internal async Task<Account> CompleteAsync(string token, string email, string name, string password, CancellationToken ct)
    {
        var expired = new RefusedException(Refusal.NotFound, "link", Words.Say("un lien qui n’a ni servi ni expiré", "a link that was not used and has not expired"));
        var known = await OfLinkAsync(token, ct) ?? throw expired;
        var (address, person) = known.Id.Length == 0 ? (Email(email), Name(name)) : (known.Email, known.Name);
        if (Passwords.Fault(password, address, person) is { } fault)
            throw new RefusedException(Refusal.Invalid, "password", fault);
        var hash = _passwords.Hash(password); // a tenth of a second: not while the only writer waits
        return await database.WriteAsync(async session =>
        {
            if (await AccountStore.FindLinkAsync(session, token, clocks.Real) is not { } link || await OfLinkAsync(session, token) is null || !await AccountStore.TakeLinkAsync(session, link))
                throw expired;
            var id = link.AccountId ?? (await AccountStore.AddAsync(session, address, person, clocks.Real)).Id;
            await AccountStore.SetPasswordAsync(session, id, hash);
            return new Account(id, address, person, Ready: true);
        }, ct);
    }

    private async Task<Account?> OfLinkAsync(Session session, string token)
    {
        if (await AccountStore.FindLinkAsync(session, token, clocks.Real) is not { } link)
            return null;
        if (link.AccountId is { } id)
            return await AccountStore.ByIdAsync(session, id) is { } row ? Seen(row) : null;
        return (await AccountStore.AllAsync(session)).Count == 0 ? new Account("", "", "", Ready: false) : null;
    }

    private async Task<SetUpLink> LinkAsync(Session session, string? accountId)
    {
        var expires = clocks.Real + LinkLife;
        var token = await AccountStore.LinkAsync(session, accountId, expires);
        return new SetUpLink(new Uri(settings.PublicUrl, string.Create(CultureInfo.InvariantCulture, $"/setup/{token}")), expires);
    }

    private static async Task<AccountRow> FindAsync(Session session, string email) => await AccountStore.ByEmailAsync(session, email)
        ?? throw new RefusedException(Refusal.NotFound, "email", Words.Say("l’adresse d’un compte", "the address of an account"));

    private static string Email(string text) => SettingsRules.Email(text.Trim())
        ?? throw new RefusedException(Refusal.Invalid, "email", Words.Say("une adresse e-mail telle que vous@agence.example", "an e-mail address such as you@agency.example"));

    private static string Name(string text) => SettingsRules.Line(text.Trim()) is { Length: > 0 and <= LongestName } name
        ? name
        : throw new RefusedException(Refusal.Invalid, "name", Words.Say($"un nom de 1 à {LongestName} caractères, sur une ligne", $"a name of 1 to {LongestName} characters, on one line"));

    private static Account Seen(AccountRow row) => new(row.Id, row.Email, row.Name, row.PasswordHash is not null);
}
