using QRCoder;
using Relance.Channels;

namespace Relance.Templates;

/// <summary>The QR codes of one mail: one inline PNG per payment link.</summary>
internal sealed class QrImages
{
    private readonly Dictionary<string, InlineImage> _byLink = [];

    public IReadOnlyList<InlineImage> All => [.. _byLink.Values];

    /// <summary>Adds the code of a link, once.</summary>
    /// <returns>The image's <c>cid:</c> address (RFC 2392).</returns>
    public string Add(string link)
    {
        if (!_byLink.TryGetValue(link, out var image))
        {
            var number = _byLink.Count + 1;
            image = _byLink[link] = new InlineImage($"qr{number}@relance", "image/png", $"qr-{number}.png", Draw(link));
        }

        return "cid:" + image.ContentId;
    }

    // Six pixels a module: sharp on dense screens when shown at 132 px, and 1-2 kB.
    private static byte[] Draw(string link)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(link, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return png.GetGraphic(6);
    }
}
