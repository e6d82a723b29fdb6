using System.Net;
using Relance.Api;

namespace Relance.Plugin;

/// <summary>Too many wrong codes came from one address.</summary>
internal sealed class TooManyCodesException() : Exception($"code: more than {WrongKeys.PerMinute} wrong ones came from this address within a minute.");

/// <summary>Counts wrong codes per address, as wrong keys are counted.</summary>
internal sealed class WrongCodes : IDisposable
{
    private readonly WrongKeys _keys = new();

    /// <summary>Refuses an address that has guessed too often, unseen.</summary>
    /// <exception cref="TooManyCodesException">It has.</exception>
    public void Check(IPAddress? address)
    {
        if (_keys.Refuses(address, ""))
            throw new TooManyCodesException();
    }

    /// <summary>Does what needs a code, and counts a wrong one.</summary>
    public async Task<T> CountAsync<T>(IPAddress? address, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (CodeRefusedException)
        {
            _keys.Wrong(address, "");
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _keys.Dispose();
}
