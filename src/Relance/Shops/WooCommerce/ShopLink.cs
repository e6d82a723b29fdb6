namespace Relance.Shops.WooCommerce;

/// <summary>How a shop recognises us.</summary>
internal enum ShopAuth
{
    /// <summary>HTTP Basic: works only where the shop sees HTTPS and its web server keeps the header.</summary>
    Basic,
    /// <summary>OAuth 1.0a, signed: plain HTTP, and CGI hosts, which strip the <c>Authorization</c> header.</summary>
    OAuth,
}

/// <summary>What is needed to call one shop.</summary>
/// <param name="Url">The shop's home address, with a closing slash (see <see cref="OutgoingUrls.CheckShop"/>).</param>
/// <param name="Key">Consumer key, <c>ck_…</c>.</param>
/// <param name="Secret">Consumer secret, <c>cs_…</c>: never travels with OAuth, never printed.</param>
/// <param name="AllowPrivateAddress">The shop may be on a private network.</param>
/// <param name="AllowInvalidCertificate">Its certificate is not checked.</param>
/// <param name="Auth">What worked last time; null: Basic over HTTPS first.</param>
internal sealed record ShopLink(Uri Url, string Key, string Secret, bool AllowPrivateAddress = false, bool AllowInvalidCertificate = false, ShopAuth? Auth = null)
{
    /// <summary>The address only: a record prints all its fields, and two of these are secrets.</summary>
    public override string ToString() => Url.ToString();
}

/// <summary>Limits of calls to a shop; durations on the system clock.</summary>
internal sealed record ShopLimits
{
    /// <summary>One try, its answer read to the end. A page of 100 orders takes 250 ms on a small host, seconds on a bad one.</summary>
    public TimeSpan Try { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>All tries of one call and the waits between them.</summary>
    public TimeSpan Call { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Tries after the first.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>First wait; doubles with each try, with jitter.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest <c>Retry-After</c> that is waited for inside a call; a longer one ends it.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Bytes of one answer, decompressed.</summary>
    public int AnswerBytes { get; init; } = 16 * 1024 * 1024;
}
