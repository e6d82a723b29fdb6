using Relance.Operations;
using Relance.Storage;

namespace Relance.Plugin;

/// <summary>A call that is signed, but not of now, or was made before.</summary>
internal sealed class StaleCallException(string message) : Exception(message);

/// <summary>Lets each signed call count once, near the instant it was signed at.</summary>
internal sealed class SignedCalls(Database database, Clocks clocks)
{
    private const int Window = 300, ShortestNonce = 16, LongestNonce = 100;

    /// <summary>Admits a call whose signature was right.</summary>
    /// <param name="caller">Shop or site: nonces are its own.</param>
    /// <exception cref="StaleCallException">Too old, from the future, or made before.</exception>
    public async Task AdmitAsync(string caller, PluginBody body, CancellationToken ct)
    {
        var now = clocks.Real;
        if (body.Number("at") is not { } at || Math.Abs((now.ToUnixTimeSeconds() - (decimal)at)) > Window)
            throw new StaleCallException($"at: expected the time of the call in Unix seconds, at most {Window} seconds from {now:yyyy-MM-dd'T'HH:mm:ss'Z'}: set the clock of the site.");
        if (body.Optional("nonce", LongestNonce) is not { Length: >= ShortestNonce } nonce)
            throw new StaleCallException($"nonce: expected {ShortestNonce} to {LongestNonce} random characters.");
        var fresh = await database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("DELETE FROM call_nonce WHERE at < @Before", new { Before = now.AddSeconds(-4 * Window).Millis() });
                return await session.ExecuteAsync("INSERT INTO call_nonce (caller, nonce, at) VALUES (@caller, @nonce, @At) ON CONFLICT (caller, nonce) DO NOTHING", new { caller, nonce, At = now.Millis() }) == 1;
            },
            ct);
        if (!fresh)
            throw new StaleCallException("nonce: expected one that was not used before.");
    }
}
