using System.Net;
using System.Text;
using Relance.Agency;
using Relance.Bounces;
using Relance.Bounces.Reading;
using Relance.Import;
using Relance.Operations.Dns;
using Relance.Shops.WooCommerce;
using Relance.Storage;
using Relance.Tests.Bounces;
using Relance.Tests.Dns;
using Relance.Tests.Inbox;
using Relance.Tests.Shops;
using Xunit.Abstractions;

namespace Relance.Tests.Fuzz;

/// <summary>Whatever bytes arrive, a parser answers within a second with a result or with its documented refusal.</summary>
public sealed class Parsers_take_anything(ITestOutputHelper output)
{
    private const int Seed = 20261122;

    private static readonly string[] s_topics = ["order.updated", "order.deleted", "subscription.created", "action.woocommerce_order_status_changed", "customer.updated", "x.y", "order", ".", ""];

    [Fact]
    public async Task Bodies_of_webhooks()
    {
        var random = new Random(Seed);
        await RunAsync(Deliveries, ["{", "}", "[", "]", "\"id\":", "null", "-1", "1e99", "\\u0000", "webhook_id=", "\"action\":", "\"arg\":", "\uFEFF", "99999999999999999999"], body => Task.FromResult(Read(s_topics[random.Next(s_topics.Length)], body)));
    }

    [Fact]
    public async Task Requests_to_the_webhook_endpoint()
    {
        await using var host = await InboxHost.StartAsync(Dialect.Sqlite);
        await host.AddShopAsync();
        var random = new Random(Seed);
        await RunAsync(Deliveries, ["{", "}", "\"id\":14", "webhook_id="], async body =>
        {
            var signature = random.Next(3) == 0 ? Convert.ToBase64String(body.AsSpan(0, Math.Min(body.Length, 40))) : WebhookSignature.Sign(body, InboxHost.Secret);
            var topic = random.Next(3) == 0 ? string.Concat(body.Take(30).Select(b => (char)(32 + (b % 95)))) : s_topics[random.Next(s_topics.Length)];
            using var answer = await host.PostAsync(body, topic, signature);
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest);
            // Taking must set aside what it cannot read, never throw; rows are dropped so that the table stays small.
            var taken = await host.TakeAsync();
            await host.Storage.Database.WriteAsync(s => s.ExecuteAsync("DELETE FROM inbox"));
            return taken.Count > 0;
        }, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Mails_that_come_back()
    {
        var key = new byte[32];
        var corpus = Samples.Names.Select(name => Samples.Bytes(name, ReturnPathToken.Write(Values.NewId(), key))).ToList();
        string[] words = ["\r\n\r\n", "\n", "--b\r\n", "Content-Type: multipart/report; boundary=b\r\n", "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "=?utf-8?B?", "?=", "=\r\n", "=ZZ",
            "Action: failed\r\n", "Status: 5.1.1\r\n", "Final-Recipient: rfc822;", "550 ", "5.7.1", "charset=utf-7", "<div>", "<!--", "Votre message ", "n'a pas pu être ", new string(' ', 500), new string('a', 500)];
        await RunAsync(corpus, words, mail =>
        {
            var report = ReportReader.Read(mail);
            if (report.About("jeanne@client.example") is { } about)
                _ = Verdicts.Of(about.Status, about.Diagnostic);
            _ = ReturnPathToken.Find(Encoding.Latin1.GetString(mail), key);
            return Task.FromResult(report.Kind != InboundKind.Other);
        });
    }

    [Fact]
    public async Task Files_of_contracts()
    {
        const string Header = "reference;client;email;plan;start;end;months;paid until;first start;amount;currency;vat;kind;locale;renewal;notice;link;status;closed on;customer;country";
        const string Row = "M-1;\"Le \"\"Petit\"\"; SARL\";contact@petit.example;Maintenance;01/01/2026;2026-12-31;12 mois;;2024-01-01;1 234,50;EUR;20;entreprise;fr;tacite;P2M;https://payer.example/1;clos;2026-06-30;7;FR";
        IReadOnlyList<byte[]> corpus = [Encoding.UTF8.GetBytes($"{Header}\n{Row}\n{Row}"), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($"{Header}\r\n{Row}".Replace(';', ','))], [0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"{Header}\n{Row}".Replace(';', '\t'))], Encoding.Latin1.GetBytes($"sep=;\nRéférence;Client;Formule;Échéance;Durée;Montant\nM-1;Crêperie;Été;31/12/2026;12;480")];
        string[] words = [";", ",", "\t", "\"", "\"\"", "\n", "\r", "\0", "=", "'", "31/02/2026", "0001-01-01", "9999-12-31", "1.234,50", "-1", "999999999999", "ZZZ", "JPY", "amount", "months", "start", "end", "paid until", "ended", new string(';', 300), new string('9', 400)];
        await RunAsync(corpus, words, ReadFileAsync);
    }

    [Fact]
    public async Task Answers_of_name_servers()
    {
        var question = DnsMessage.Question(7, "agence.fr", DnsType.Txt);
        byte[] alias = [0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 0, 0, 6, 3, (byte)'a', (byte)'b', (byte)'c', 0xC0, 12];
        IReadOnlyList<byte[]> corpus = [.. ((byte[][])[A_name_server_may_misbehave.Txt("v=spf1 include:x.fr -all"), alias, [0xC0, 12, 0, 15, 0, 1, 0, 0, 0, 0, 0, 4, 0, 10, 0xC0, 12]]).Select(record => A_name_server_may_misbehave.Answer(question, record))];
        await RunAsync(corpus, ["\u0006agence\u0002fr\0", "\0", "v=spf1", "v=DKIM1; k=rsa; p=", "p=none", new string('a', 63)], packet =>
        {
            var refused = 0;
            foreach (var type in Enum.GetValues<DnsType>())
                refused += ReadAnswer(packet, type) ? 0 : 1;
            var text = Encoding.UTF8.GetString(packet);
            _ = DkimKey.Read(text);
            _ = SpfPolicy.Merged([text]);
            return Task.FromResult(refused == 0);
        });
    }

    private static async Task<bool> ReadFileAsync(byte[] bytes)
    {
        try
        {
            await using var file = await CsvFile.OpenAsync(new MemoryStream(bytes), CancellationToken.None);
            using var rows = new CsvRows(file);
            var (reader, checks, good) = (new RowReader("EUR"), new FileChecks(), false);
            foreach (var row in rows.Faults.Count == 0 ? rows.Read() : [])
            {
                if (reader.Read(row).Contract is not { } contract)
                    continue;
                _ = contract.Fingerprint;
                good |= checks.Check(contract) is null && contract.Term.Number > 0;
            }

            return good;
        }
        catch (RefusedException refused)
        {
            refused.Field.ShouldBe("file");
            return false;
        }
    }

    private static bool ReadAnswer(byte[] packet, DnsType type)
    {
        try
        {
            return DnsMessage.Read(packet, 7, "agence.fr", type) is not null;
        }
        catch (FormatException refused)
        {
            refused.Message.ShouldNotBeEmpty();
            return false;
        }
    }

    private static IReadOnlyList<byte[]> Deliveries => [.. Recording.SignedDeliveries().Select(delivery => delivery.Delivered), """{"id":14}"""u8.ToArray(), "[]"u8.ToArray(), "webhook_id=11"u8.ToArray()];

    private async Task RunAsync(IReadOnlyList<byte[]> corpus, IReadOnlyList<string> words, Func<byte[], Task<bool>> target, TimeSpan? limit = null)
    {
        var fuzzer = new Fuzzer(corpus, words, Seed) { Limit = limit ?? TimeSpan.FromSeconds(1) };
        var (inputs, slowest) = await fuzzer.RunAsync(target);
        output.WriteLine($"{inputs} inputs in {Fuzzer.Budget.TotalSeconds:0} s, the slowest {slowest.TotalMilliseconds:0.0} ms");
        slowest.ShouldBeLessThanOrEqualTo(fuzzer.Limit);
    }

    private static bool Read(string topic, byte[] body)
    {
        try
        {
            WebhookBody.Parse(topic, body);
            return true;
        }
        catch (FormatException refused)
        {
            refused.Message.ShouldNotBeEmpty();
            return false;
        }
    }
}
