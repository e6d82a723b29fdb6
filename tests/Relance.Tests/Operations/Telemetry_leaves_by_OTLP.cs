using System.Buffers.Binary;
using System.Text;
using Relance.Operations;
using Relance.Operations.Heartbeats;
using Relance.Outbox;
using Relance.Reminders;
using Relance.Storage;
using Relance.Sync;
using Relance.Tests.Operations.Backup;

namespace Relance.Tests.Operations;

[Collection("telemetry")]
public class Telemetry_leaves_by_OTLP
{
    private const int Clients = 3;

    [Fact]
    public async Task A_mornings_work_is_measured_and_traced_without_a_word_about_anybody()
    {
        await using var collector = await Listener.StartAsync();
        await using var world = await RestoreWorld.StartAsync(Clients);
        var instance = await world.InstanceAsync(Dialect.Sqlite, $"Otlp:Endpoint={collector.Url}", "Otlp:Every=00:00:01", "Otlp:Headers=x-key=collector-key");
        await world.LinkAsync(instance);
        world.MoveTo(RestoreWorld.DueDay, 9, 5);
        var runner = instance.Get<JobRunner>();
        foreach (var job in new IJobBody[] { instance.Get<SyncJob>(), instance.Get<PlanningJob>(), instance.Get<SendingJob>(), instance.Get<HeartbeatJob>() })
            await runner.RunAsync(job, default);
        world.Catcher.Mails.Count.ShouldBe(Clients);
        await instance.StopAsync();

        collector.Requests.ShouldAllBe(request => request.Type == "application/x-protobuf" && request.Header == "collector-key");
        var metrics = Texts(collector, "/v1/metrics");
        string[] measured = ["relance.reminders", "relance.send.duration", "relance.job.duration", "relance.shop.call.duration", "relance.queue.depth", "relance.queue.age", "maintenance.notice", "planned", "sent", "accepted", "planning", "outbox"];
        measured.Except(metrics).ShouldBeEmpty();
        var traces = Texts(collector, "/v1/traces");
        string[] traced = ["job", "shop-check", "attempt", "shop-call", "sending"];
        traced.Except(traces).ShouldBeEmpty();

        var shop = world.Shop.Options;
        foreach (var personal in (string[])["client0", "@client", "@agence", "Élodie", "Guyen", shop.Key, shop.Secret, world.Shop.Url.Authority])
            metrics.Concat(traces).Where(text => text.Contains(personal, StringComparison.Ordinal)).ShouldBeEmpty(personal);
    }

    private static List<string> Texts(Listener collector, string path)
    {
        var texts = new List<string>();
        foreach (var request in collector.Requests.Where(request => request.Path == path))
            Read(request.Body, texts);
        return texts;
    }

    // Protocol buffers, as far as needed: every field that holds text, at any depth.
    private static void Read(ReadOnlySpan<byte> message, List<string> texts)
    {
        while (message.Length > 0)
        {
            var tag = Varint(ref message);
            switch (tag & 7)
            {
                case 0:
                    Varint(ref message);
                    break;
                case 1:
                    _ = BinaryPrimitives.ReadInt64LittleEndian(message);
                    message = message[8..];
                    break;
                case 5:
                    message = message[4..];
                    break;
                case 2:
                    var length = (int)Varint(ref message);
                    if (length > message.Length)
                        throw new FormatException("not a message");
                    Field(message[..length], texts);
                    message = message[length..];
                    break;
                default:
                    throw new FormatException("not a message");
            }
        }
    }

    private static void Field(ReadOnlySpan<byte> bytes, List<string> texts)
    {
        var inner = new List<string>();
        try
        {
            Read(bytes, inner);
            texts.AddRange(inner);
        }
        catch (Exception text) when (text is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            // It is not a message but a text: below.
        }
        var read = Encoding.UTF8.GetString(bytes);
        if (read.All(c => !char.IsControl(c) && c != '\uFFFD'))
            texts.Add(read);
    }

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(b & 0x7F) << shift;
            if ((b & 0x80) == 0)
                return value;
            if (shift > 63)
                throw new FormatException("not a number");
        }
    }
}
