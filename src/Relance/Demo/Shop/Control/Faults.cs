namespace Relance.Demo.Shop;

/// <summary>What goes wrong.</summary>
public enum ShopFaultKind
{
    /// <summary>The connection is cut before anything was done.</summary>
    Drop,
    /// <summary>The request is carried out, then the connection is cut: the caller cannot know.</summary>
    DropAfter,
    /// <summary>503 with an empty body.</summary>
    Unavailable,
    /// <summary>WordPress's maintenance page: 503, HTML or JSON by Accept, <c>Retry-After: 600</c>.</summary>
    Maintenance,
    /// <summary>429 with <c>Retry-After</c>.</summary>
    TooMany,
    /// <summary>A PHP fatal error: 500, HTML or JSON by Accept.</summary>
    Fatal,
    /// <summary>200 whose JSON is cut in the middle.</summary>
    Malformed,
    /// <summary>200 with a PHP warning before the JSON.</summary>
    Warning,
    /// <summary>200 with a byte order mark before the JSON.</summary>
    Bom,
    /// <summary>The answer takes longer (system time).</summary>
    Slow,
}

/// <summary>A fault on demand.</summary>
/// <param name="From">Shop time from which it holds; null from now on.</param>
/// <param name="Until">Shop time until which it holds; null for ever.</param>
/// <param name="Times">How many requests it hits; null for all.</param>
/// <param name="Path">Only requests whose path contains this.</param>
/// <param name="Method">Only this method.</param>
/// <param name="Delay">For <see cref="ShopFaultKind.Slow"/>, system time; for <see cref="ShopFaultKind.TooMany"/> the <c>Retry-After</c>.</param>
public sealed record ShopFaultRule(
    ShopFaultKind Kind, DateTimeOffset? From = null, DateTimeOffset? Until = null, int? Times = null, string Path = "", string Method = "", TimeSpan Delay = default);

/// <summary>The faults that are switched on.</summary>
internal sealed class Faults
{
    private readonly List<(ShopFaultRule Rule, int Hits)> _rules = [];

    internal void Add(ShopFaultRule rule)
    {
        lock (_rules)
        {
            _rules.Add((rule, 0));
        }
    }

    internal void Clear()
    {
        lock (_rules)
        {
            _rules.Clear();
        }
    }

    /// <summary>The faults that hit this request; counts them.</summary>
    internal IReadOnlyList<ShopFaultRule> Hit(string method, string path, DateTimeOffset now)
    {
        lock (_rules)
        {
            var hit = new List<ShopFaultRule>();
            for (var i = 0; i < _rules.Count; i++)
            {
                var (rule, hits) = _rules[i];
                if (Applies(rule, hits, method, path, now))
                {
                    hit.Add(rule);
                    _rules[i] = (rule, hits + 1);
                }
            }

            return hit;
        }
    }

    private static bool Applies(ShopFaultRule rule, int hits, string method, string path, DateTimeOffset now) =>
        hits < (rule.Times ?? int.MaxValue)
        && now >= (rule.From ?? DateTimeOffset.MinValue) && now < (rule.Until ?? DateTimeOffset.MaxValue)
        && path.Contains(rule.Path, StringComparison.Ordinal)
        && (rule.Method.Length == 0 || rule.Method == method);
}
