using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Relance.Bounces;
using Relance.Operations;
using Relance.Storage;
using Relance.Tests.Bounces;
using Relance.Tests.Storage;

namespace Relance.Tests.BadInput;

/// <summary>Mails to a return path that are broken, or no reports.</summary>
internal static class ReportCases
{
    public static Family Family { get; } = new("Delivery reports", "Taken as `relance inbound` takes them. Every one is kept, byte for byte; without a token of ours none touches a message.", RunAsync);

    private static IEnumerable<(string, byte[])> Cases =>
    [
        ("one byte", [0x0A]),
        ("zero bytes, 4 kB of them", new byte[4096]),
        ("bytes at random", RandomBytes()),
        ("headers only", Text("From: MAILER-DAEMON@x.example\r\nSubject: Undelivered")),
        ("a body without headers", Text("\r\nHello")),
        ("a header that never ends", Text("Subject: " + new string('x', 200_000))),
        ("ten thousand headers", Text(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-{i}: y\r\n")) + "\r\nHello")),
        ("a multipart without boundary", Text("Content-Type: multipart/report\r\n\r\n--x\r\n\r\n550 5.1.1")),
        ("a boundary that never comes", Text("Content-Type: multipart/report; boundary=b\r\n\r\nnothing")),
        ("a boundary that never closes", Text("Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822;a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n")),
        ("an empty boundary", Text("Content-Type: multipart/report; boundary=\"\"\r\n\r\n--\r\n\r\n--")),
        ("two hundred multiparts in one another", Text(string.Concat(Enumerable.Range(0, 200).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")))),
        ("base64 that is none", Report("Content-Transfer-Encoding: base64\r\n\r\n!!!! not base64 ????")),
        ("quoted-printable that is none", Report("Content-Transfer-Encoding: quoted-printable\r\n\r\nFinal-Recipient: rfc822;a@b.example=\r\n=ZZ\r\nAction: failed\r\nStatus: 5.1.1")),
        ("an unknown charset", Report("Content-Type: message/delivery-status; charset=klingon\r\n\r\nFinal-Recipient: rfc822;a@b.example\r\nAction: failed\r\nStatus: 5.1.1")),
        ("an empty report", Report("\r\n")),
        ("a recipient without action and status", Report("\r\nFinal-Recipient: rfc822; a@b.example")),
        ("an action that does not exist", Report("\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: exploded\r\nStatus: 5.1.1")),
        ("a status that is none", Report("\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: not good")),
        ("a status of class 9", Report("\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 9.9.9")),
        ("failed with a status of success", Report("\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 2.0.0")),
        ("a recipient that is no address", Report("\r\nFinal-Recipient: x400; /C=FR/O=client\r\nAction: failed\r\nStatus: 5.1.1")),
        ("a thousand recipients", Report("\r\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"Final-Recipient: rfc822; a{i}@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n")))),
        ("a diagnostic of a hundred kilobytes", Report("\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; " + new string('5', 100_000))),
        ("a subject in a broken encoded word", Text("From: postmaster@x.example\r\nSubject: =?utf-8?B?####?= =?nope?Q?=ZZ?=\r\n\r\n550 5.1.1 no")),
        ("HTML that never closes", Text("From: postmaster@x.example\r\nSubject: Undeliverable\r\nContent-Type: text/html\r\n\r\n" + string.Concat(Enumerable.Repeat("<div><p>", 2000)) + "550 5.1.1")),
        ("a token of ours with one letter changed", Samples.Bytes("qmail", new string('a', 39))),
        ("a report that stops in the middle", Samples.Bytes("postfix-unknown-user")[..700]),
        ("a bounce in Chinese", Text("From: MAILER-DAEMON@x.example\r\nSubject: Undeliverable\r\nContent-Type: text/plain; charset=gb18030\r\n\r\n\xB5\xD8\xD6\xB7\xB2\xBB\xB4\xE6\xD4\xDA")),
        ("the same mail again", [0x0A]),
    ];

    private static async Task<IReadOnlyList<Answered>> RunAsync()
    {
        await using var storage = await TestDatabase.CreateAsync(Dialect.Sqlite);
        var settings = new RelanceSettings();
        var inbound = new InboundMail(storage.Database, new ReturnPaths(storage.Database, new Secrets(new EphemeralDataProtectionProvider()), settings), settings, Clocks.RealTime, NullLogger<InboundMail>.Instance);
        return await Family.EachAsync(Cases, async mail =>
        {
            var before = await CountAsync(storage);
            var result = await inbound.TakeAsync(mail, default);
            var kept = await storage.Database.ReadAsync(s => s.ValueAsync<byte[]>("SELECT c.bytes FROM inbound_mail i JOIN content c ON c.hash = i.content_hash WHERE i.id = @Id", new { result.Id }));
            kept.ShouldBe(mail);
            return $"{(await CountAsync(storage) == before ? "known already" : "kept")}, {result.State}: {result.Kind}";
        });
    }

    private static Task<long> CountAsync(TestDatabase storage) => storage.Database.ReadAsync(s => s.ValueAsync<long>("SELECT COUNT(*) FROM inbound_mail"));

    private static byte[] Report(string status) => Text($"From: MAILER-DAEMON@x.example\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n{status}\r\n--b--\r\n");

    private static byte[] Text(string mail) => Encoding.Latin1.GetBytes(mail);

    private static byte[] RandomBytes()
    {
        var bytes = new byte[10_000];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
