using System.Globalization;
using System.Text.RegularExpressions;

namespace Relance.Demo.Shop;

/// <summary>A REST route: a path pattern (<c>#</c> a number, <c>*</c> a name) and what each method does.</summary>
internal sealed class Route(string pattern, params (string Methods, Func<Call, Answer> Do)[] handlers)
{
    private readonly Regex _path = new(
        "^" + pattern.Replace("#", @"(?<id>\d+)", StringComparison.Ordinal).Replace("*", "(?<name>[a-zA-Z0-9_-]+)", StringComparison.Ordinal) + "$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>The <c>Allow</c> header.</summary>
    internal string Allow { get; } = string.Join(", ", handlers.SelectMany(h => h.Methods.Split(' ')));

    /// <summary>Open to callers without a key.</summary>
    internal bool Public { get; init; }

    internal Func<Call, Answer>? Handler(string method) => Array.Find(handlers, h => h.Methods.Split(' ').Contains(method)).Do;

    /// <summary>The call with its path variables, or null when the path is another one.</summary>
    internal Call? Match(Call call)
    {
        var match = _path.Match(call.Route);
        return match.Success
            ? call with
            {
                Ids = [.. match.Groups["id"].Captures.Select(c => long.Parse(c.Value, CultureInfo.InvariantCulture))],
                Name = match.Groups["name"].Value,
            }
            : null;
    }
}
