using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Relance.Api;

/// <summary><c>Authorization: Bearer relance_…</c> (RFC 6750), and the answers when it is missing, wrong or too small.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccessKeys keys, WrongKeys wrong)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string Scheme_ = "key";

    private const string Bearer = "Bearer ";
    private bool _tooMany;
    private bool _presented;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        _presented = true;
        var presented = header[Bearer.Length..].Trim();
        var hash = Convert.ToHexString(KeyText.Hash(presented));
        var address = Context.Connection.RemoteIpAddress;
        if (_tooMany = wrong.Refuses(address, hash))
            return AuthenticateResult.Fail("too many wrong keys");
        if (await keys.FindAsync(presented, Context.RequestAborted) is not { } key)
        {
            wrong.Wrong(address, hash);
            return AuthenticateResult.Fail("wrong key");
        }
        wrong.Worked(hash);
        return AuthenticateResult.Success(new(Caller.Identify(key, Scheme.Name), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_tooMany)
        {
            Response.Headers.RetryAfter = "60";
            return Problems.WriteAsync(Context, Problem.TooManyWrongKeys, $"Authorization: expected a key that works; more than {WrongKeys.PerMinute} wrong ones came from this address within a minute.");
        }
        Response.Headers.WWWAuthenticate = _presented
            ? "Bearer realm=\"relance\", error=\"invalid_token\", error_description=\"The key is unknown, revoked or expired\""
            : "Bearer realm=\"relance\"";
        return Problems.WriteAsync(Context, Problem.NoKey, _presented
            ? "Authorization: expected a key that is neither unknown, revoked nor expired."
            : "Authorization: expected 'Bearer' and an access key, made with 'relance key make'.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = Context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>();
        var scope = needed is null ? "" : KeyRow.Text(needed.Scope);
        Response.Headers.WWWAuthenticate = $"Bearer realm=\"relance\", error=\"insufficient_scope\", scope=\"{scope}\"";
        return Problems.WriteAsync(Context, Problem.ScopeTooSmall, needed is null
            ? "Nobody may ask for this: it declares no scope."
            : $"Authorization: expected a key of the scope '{scope}'.");
    }
}
