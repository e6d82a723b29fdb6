using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Relance.Demo.Shop;
using Relance.Operations;
using Relance.Storage;
using Relance.Tests.Tacit;

namespace Relance.Tests.Portal;

/// <summary>A client who got the legal notice by mail, and a browser without cookies and scripts.</summary>
public abstract class PortalTests(Dialect dialect) : TacitTests(dialect)
{
    private HttpClient _http = null!;
    private int _address = 1;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectCallback = ConnectAsync }) { BaseAddress = Of<RelanceSettings>().PublicUrl };
        _http.DefaultRequestHeaders.ConnectionClose = true;
    }

    public override async Task DisposeAsync()
    {
        _http.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>From now on from another address of the loopback network: wrong links are counted by address.</summary>
    protected void Elsewhere() => _address++;

    /// <summary>The links of the notice: to refuse, and to terminate.</summary>
    private protected async Task<(Uri Refuse, Uri Terminate)> NoticeAsync()
    {
        await World.PlayAsync(Due);
        return LinksOf(Mails[^1].Html) is [var refuse, var terminate] ? (refuse, terminate) : throw new InvalidOperationException("The notice has two links.");
    }

    private protected static IReadOnlyList<Uri> LinksOf(string html) => [.. Regex.Matches(html, "href=\"(?<link>[^\"]+/c/[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(m => new Uri(m.Groups["link"].Value))];

    private protected async Task<Answer> GetAsync(Uri link, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, link);
        return await SendAsync(request);
    }

    private protected async Task<Answer> PostAsync(Uri link, HttpContent content, string? site = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, link) { Content = content };
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        return await SendAsync(request);
    }

    private protected Task<Answer> PostAsync(Uri link, params (string Name, string Value)[] fields) =>
        PostAsync(link, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>Reads the page, ticks the box and presses the button.</summary>
    private protected async Task<Answer> ConfirmAsync(Uri link) => await PostAsync(link, ("seal", (await GetAsync(link)).Seal), ("confirm", "yes"));

    private protected IReadOnlyList<string> StatusesInShop() => [.. ShopSnapshot.Of(World.Shop)["orders"]!.AsArray()
        .SelectMany(order => order!["meta_data"]!.AsArray()).Where(meta => $"{meta!["key"]}" == "_relance_status").Select(meta => $"{meta!["value"]}")];

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse($"127.0.{_address / 200}.{(_address % 200) + 1}"), 0));
        await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, headers, await response.Content.ReadAsStringAsync());
    }

    /// <summary>What the service answered.</summary>
    private protected sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Html)
    {
        public string Text => string.Join(' ', WebUtility.HtmlDecode(Regex.Replace(Html, "<[^>]+>", " ", RegexOptions.None, TimeSpan.FromSeconds(1))).Split([' ', '\n', '\u00A0', '\u202F'], StringSplitOptions.RemoveEmptyEntries));

        public string Seal => Regex.Match(Html, "name=\"seal\" value=\"(?<seal>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } found ? found.Groups["seal"].Value : throw new InvalidOperationException("No form: " + Text);
    }
}
