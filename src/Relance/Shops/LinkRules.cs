using Relance.Agency;
using Relance.Operations;

namespace Relance.Shops;

/// <summary>A link, or a change of it, that is refused. The message names the field and what was expected, and holds no secret.</summary>
public sealed class LinkRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What may be linked, and in which mode.</summary>
internal static class LinkRules
{
    private static readonly string[] s_modes = ["dry", "redirect", "live"];

    /// <summary>The address as stored, with a closing slash.</summary>
    public static Uri Url(string url, bool allowPrivate)
    {
        try
        {
            return OutgoingUrls.CheckShop("url", url, allowPrivate);
        }
        catch (FormatException wrong)
        {
            throw new LinkRefusedException(wrong.Message, wrong);
        }
    }

    /// <summary>Swapped or cut keys are found here, not by an answer in the shop's language.</summary>
    public static void Keys(string key, string secret)
    {
        if (!IsKey(key, "ck_"))
            throw new LinkRefusedException("key: expected a consumer key of WooCommerce (ck_…), from WooCommerce > Settings > Advanced > REST API.");
        if (!IsKey(secret, "cs_"))
            throw new LinkRefusedException("secret: expected the consumer secret of WooCommerce (cs_…), which is shown once, when the key is made.");
    }

    /// <summary>Reads a mode as stored; <c>dry-run</c> is <c>dry</c>.</summary>
    public static string Mode(string mode) => (mode == "dry-run" ? "dry" : mode) is var known && s_modes.Contains(known)
        ? known
        : throw new LinkRefusedException($"mode: expected dry-run, redirect or live, got '{mode}'.");

    /// <summary>Whether this shop may be in this mode, now.</summary>
    /// <param name="linking">A shop that is being linked starts in dry run, unless it is a test shop.</param>
    public static void Allow(string mode, bool test, bool linking, RelanceSettings settings)
    {
        if (mode == "live" && !test && !linking)
            throw new LinkRefusedException("mode: a real shop goes live only once its next thirty days have been read and confirmed: relance shop mode <id> live.");
        if (mode != "dry" && linking && !test)
            throw new LinkRefusedException($"mode: a shop is linked in dry run; set it to {mode} afterwards, or link a staging site with --test.");
        if (mode == "redirect" && settings.RedirectTo is null)
            throw new LinkRefusedException("mode: redirect needs the setting Relance:RedirectTo, the address that receives every mail.");
    }

    /// <summary>Whether two addresses are one site. http and https are; a staging copy has another host, port or path.</summary>
    public static bool SameSite(Uri one, Uri other) => SiteKey(one) == SiteKey(other);

    /// <summary>As <see cref="SameSite"/>, where something on the way may have changed www. or the case of the path.</summary>
    public static bool MaySameSite(Uri one, Uri other) => LooseKey(one) == LooseKey(other);

    /// <summary>Whether what answers is the linked shop: the same address, and the same installation where the shop says which one it is.</summary>
    public static bool IsTheShop(LinkedShop linked, ShopIdentity said) => SameSite(said.Url, new(linked.Url))
        && (linked.StoreId.Length == 0 || said.StoreId.Length == 0 || linked.StoreId == said.StoreId);

    /// <summary>What is wrong with a site that is not the linked shop, for people.</summary>
    public static TaskSentence Mismatch(LinkedShop linked, ShopIdentity said)
    {
        if (SameSite(said.Url, new(linked.Url)))
            return $"Another WooCommerce answers under {linked.Url} than the one that was linked: a copy, or a new installation. Nothing is sent or written for it.";
        return $"The site linked as {linked.Url} now says that it is {said.Url.AbsoluteUri}: a staging copy, or it moved. Nothing is sent or written for it.";
    }

    /// <summary>The same for every spelling of one site.</summary>
    internal static string SiteKey(Uri url) => $"{url.IdnHost.ToLowerInvariant()}:{(url.IsDefaultPort ? "" : url.Port)}{url.AbsolutePath.TrimEnd('/')}";

    private static string LooseKey(Uri url) => SiteKey(url).ToLowerInvariant() is var key && key.StartsWith("www.", StringComparison.Ordinal) ? key[4..] : key;

    private static bool IsKey(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
