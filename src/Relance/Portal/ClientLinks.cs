using System.Buffers.Text;
using Relance.Agency;
using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Operations;
using Relance.Outbox;

namespace Relance.Portal;

/// <summary>Makes and reads the links to a client's own pages: <c>/c/{token}</c>.</summary>
/// <remarks>
/// A token is sealed by ASP.NET Core data protection for this purpose alone (AES-256-CBC and HMAC-SHA256 of 256 bits, compared in constant time), with
/// the version of its key in it: new keys replace old ones every 90 days, and a link lives as long as its key is in the ring.
/// </remarks>
internal sealed class ClientLinks(Secrets secrets, RelanceSettings settings, AgencyDesk desk) : IClientLinks
{
    private const int Longest = 512;
    private readonly Secrets _secrets = secrets.For("Relance.Portal.Link.v1");

    /// <inheritdoc/>
    public Uri? Refuse(StoredContract contract, DateTimeOffset now) =>
        contract.State is { Kind: RenewalKind.Tacit, CanRenew: true } state && !(LegalNotices.WindowOf(state, contract.ClientKind)?.Deadline < desk.Day(now))
            ? Link(contract, ClientPurpose.Refuse)
            : null;

    /// <inheritdoc/>
    public Uri? Terminate(StoredContract contract, DateTimeOffset now) =>
        contract.State is { Kind: RenewalKind.Tacit, CanRenew: true } ? Link(contract, ClientPurpose.Terminate) : null;

    /// <summary>The token in an address; null for whatever is not one of ours, whatever was changed in it, and what is past its last day.</summary>
    public ClientToken? Read(string? text)
    {
        if (text is not { Length: > 0 and <= Longest } || !IsCanonical(text))
            return null;
        try
        {
            return ClientToken.Parse(_secrets.Unprotect(text)) is { } token && desk.Today <= token.LastDay ? token : null;
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }

    private Uri Link(StoredContract contract, ClientPurpose purpose)
    {
        var token = new ClientToken(contract.Id, purpose, contract.State.TermNo, contract.State.TermEnd.AddDays(settings.Portal.LinkDays));
        return new Uri($"{settings.PublicUrl.AbsoluteUri.TrimEnd('/')}/c/{_secrets.Protect(token.Text)}");
    }

    // Decoders are lenient: blanks, other alphabets and spare bits would make several texts of one token.
    private static bool IsCanonical(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && Base64Url.IsValid(text) && Base64Url.EncodeToString(Base64Url.DecodeFromChars(text)) == text;
}
