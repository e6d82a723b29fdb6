using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Relance.Operations;
using Relance.Shops;

namespace Relance.Evidence.Stamps;

/// <summary>An authority that gave no time-stamp; the message says why, for people.</summary>
internal sealed class NoTimestampException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Asks a time-stamping authority (RFC 3161, over HTTP: section 3.4).</summary>
internal sealed class TimestampAuthority(RelanceSettings settings) : IDisposable
{
    private const int LargestAnswer = 64 * 1024;

    private readonly HttpClient _http = new(OutgoingHandler.Create(settings.Evidence.TimestampAllowPrivate, allowInvalidCertificate: false))
    {
        Timeout = TimeSpan.FromSeconds(15),
        MaxResponseContentBufferSize = LargestAnswer,
    };

    /// <summary>Whether one is set.</summary>
    public bool IsSet => settings.Evidence.TimestampUrl is not null;

    /// <summary>A token over a hash: its signature is checked, who signed is left to those who verify.</summary>
    /// <param name="hash">SHA-256, hex.</param>
    /// <exception cref="NoTimestampException">The authority does not answer, refuses, or answers something else.</exception>
    public async Task<(DateTimeOffset At, string Authority, byte[] Token)> StampAsync(string hash, CancellationToken ct)
    {
        var url = settings.Evidence.TimestampUrl!;
        var bytes = Convert.FromHexString(hash);
        // The nonce proves that the answer is to this very question.
        var request = Rfc3161TimestampRequest.CreateFromHash(bytes, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(8), requestSignerCertificates: true);
        var answer = await AskAsync(url, request.Encode(), ct);
        try
        {
            var token = request.ProcessResponse(answer, out var read);
            if (read != answer.Length || !token.VerifySignatureForHash(bytes, HashAlgorithmName.SHA256, out _))
                throw new NoTimestampException($"{url.Host} answered a token that does not verify.");
            return (token.TokenInfo.Timestamp, url.Host, token.AsSignedCms().Encode());
        }
        catch (CryptographicException fault)
        {
            throw new NoTimestampException($"{url.Host} answered something else than a time-stamp of this hash.", fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<byte[]> AskAsync(Uri url, byte[] request, CancellationToken ct)
    {
        using var content = new ByteArrayContent(request);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        try
        {
            using var answer = await _http.PostAsync(url, content, ct);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(ct) : throw new NoTimestampException($"{url.Host} answered {(int)answer.StatusCode}.");
        }
        catch (Exception fault) when (fault is HttpRequestException or PrivateAddressException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            // The address may hold a token: the host is enough.
            throw new NoTimestampException($"{url.Host} does not answer ({fault.GetType().Name}).", fault);
        }
    }
}
