using Microsoft.Extensions.Caching.Memory;

namespace Relance.Dashboard;

/// <summary>Files that were looked at and wait for a yes: for half an hour, in memory, so that nobody must choose the file twice.</summary>
internal sealed class ImportDrafts : IDisposable
{
    private const long Most = 50 * 1024 * 1024;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private readonly MemoryCache _files = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>Keeps a file for a shop; the token finds it again.</summary>
    public string Keep(string shopId, byte[] csv)
    {
        var token = Tokens.New();
        _files.Set($"{shopId} {token}", csv, new MemoryCacheEntryOptions { Size = csv.Length + 1, AbsoluteExpirationRelativeToNow = Life });
        return token;
    }

    /// <summary>The file, or null when it is gone.</summary>
    public byte[]? Find(string shopId, string token) => _files.Get<byte[]>($"{shopId} {token}");

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();
}
