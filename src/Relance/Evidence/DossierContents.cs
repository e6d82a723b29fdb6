using System.Globalization;
using Relance.Channels.Email.Reading;

namespace Relance.Evidence;

/// <summary>Files of bytes that the journal names by hash: mails, mails that came back, people's words. Each once.</summary>
internal sealed class DossierContents(DossierSource source)
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ErasedFile> _erased = new(StringComparer.Ordinal);

    /// <summary>What is not here any more.</summary>
    public IReadOnlyList<ErasedFile> Erased => [.. _erased.Values.OrderBy(file => file.Hash, StringComparer.Ordinal)];

    /// <summary>The file of a hash; null when its bytes are erased.</summary>
    public string? FileOf(string? hash) => hash is null ? null : _files.GetValueOrDefault(hash);

    /// <summary>Adds the bytes of a hash under a name that says what they are.</summary>
    public async Task AddAsync(DossierZip zip, string hash, DateOnly on, string what)
    {
        if (_files.ContainsKey(hash) || _erased.ContainsKey(hash))
            return;
        var content = await source.ContentAsync(hash);
        if (content is null or { ErasedAt: not null })
        {
            _erased[hash] = new(hash, DossierSource.Instant(content?.ErasedAt));
            return;
        }
        var isMail = MimeEntity.Read(content.Bytes) is var mail && mail["From"].Length > 0 && mail["Message-ID"].Length + mail["Date"].Length > 0;
        var name = string.Create(CultureInfo.InvariantCulture, $"{(isMail ? "mails" : "words")}/{on:yyyy-MM-dd}-{what}-{hash[..12]}.{(isMail ? "eml" : "txt")}");
        await zip.AddAsync(name, content.Bytes);
        _files[hash] = name;
    }
}
