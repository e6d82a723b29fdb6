using System.Net;
using System.Text.RegularExpressions;
using Relance.Tests.Api;

namespace Relance.Tests.Dashboard;

/// <summary>A browser: keeps cookies, and sends the token of the last form it was shown.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClient _http;
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);
    private string _token = "";

    public Visitor(Uri address, string from) => _http = new(ApiClient.From(IPAddress.Parse(from))) { BaseAddress = address };

    /// <summary>What a proxy in front adds to each request.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public Task<VisitorAnswer> GetAsync(string path) => SendAsync(new(HttpMethod.Get, path));

    /// <summary>Sends a form of the page that was looked at last.</summary>
    public Task<VisitorAnswer> PostAsync(string path, params (string Name, string Value)[] fields) => PostForeignAsync(path, [.. fields, ("__RequestVerificationToken", _token)]);

    /// <summary>Sends a form that no page of ours has shown.</summary>
    public Task<VisitorAnswer> PostForeignAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) });

    public void Dispose() => _http.Dispose();

    private async Task<VisitorAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            if (_cookies.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            foreach (var (name, value) in Headers)
                request.Headers.Add(name, value);
            using var response = await _http.SendAsync(request);
            var set = response.Headers.TryGetValues("Set-Cookie", out var lines) ? lines.ToList() : [];
            foreach (var cookie in set.Select(line => line.Split(';')[0].Split('=', 2)))
                _cookies[cookie[0]] = cookie[1];
            var answer = new VisitorAnswer(response.StatusCode, response.Headers.Location?.OriginalString, response.Headers.RetryAfter?.ToString(), set, await response.Content.ReadAsStringAsync());
            _token = answer.Token ?? _token;
            return answer;
        }
    }
}

/// <summary>What a visitor gets.</summary>
internal sealed partial record VisitorAnswer(HttpStatusCode Status, string? Location, string? RetryAfter, IReadOnlyList<string> Cookies, string Html)
{
    /// <summary>Everything that can be read.</summary>
    public string Text => Read(Html);

    public string Heading => Read(Title().Match(Html).Groups["text"].Value);

    public string Alert => Read(Alerts().Match(Html).Groups["text"].Value);

    /// <summary>Whether it is a page of ours.</summary>
    public bool IsPage => Html.StartsWith("<!DOCTYPE html>", StringComparison.OrdinalIgnoreCase);

    /// <summary>What stands between two tags, each.</summary>
    public IEnumerable<string> Sentences => Tags().Split(Head().Replace(Html, "")).Select(Read).Where(text => text.Length > 0);

    /// <summary>Pages that it leads to.</summary>
    public IEnumerable<string> Links => Hrefs().Matches(Html).Select(match => WebUtility.HtmlDecode(match.Groups["path"].Value).Split('#')[0]).Distinct(StringComparer.Ordinal);

    public string? Token => Tokens().Match(Html) is { Success: true } found ? found.Groups["token"].Value : null;

    private static string Read(string html) => string.Join(' ', WebUtility.HtmlDecode(Tags().Replace(html, " ")).Split([' ', '\n', '\u00A0', '\u202F'], StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("<h1[^>]*>(?<text>.*?)</h1>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Title();

    [GeneratedRegex("class=\"alert[^>]*>(?<text>.*?)</div>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Alerts();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tokens();

    [GeneratedRegex("<head.*?</head>", RegexOptions.Singleline, 1000)]
    private static partial Regex Head();

    [GeneratedRegex("<a [^>]*href=\"(?<path>/[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hrefs();

    [GeneratedRegex("<style.*?</style>|<[^>]+>", RegexOptions.Singleline, 1000)]
    private static partial Regex Tags();
}
