using System.CommandLine;
using System.Globalization;
using Relance.Bounces;
using Relance.Storage;

namespace Relance.Cli;

/// <summary><c>relance inbound &lt; mail.eml</c>: takes a mail that came back, as a mail server pipes it; and what came so far.</summary>
/// <remarks>Exit codes are those of <c>sysexits.h</c>, which pipe(8) of Postfix reads: 0 taken, 65 nothing that could be kept, 75 try again later.</remarks>
internal static class InboundCommand
{
    private const int DataError = 65, TryAgain = 75;

    public static void AddTo(RootCommand root)
    {
        var recipient = new Option<string?>("--recipient") { Description = "The address it was delivered to, where the mail server says it" };
        var inbound = new Command("inbound", "Take a mail that came back, from standard input") { recipient };
        inbound.SetAction((parsed, ct) => TakeAsync(parsed, parsed.GetValue(recipient), ct));
        var list = new Command("list", "List what came back, the latest first");
        list.SetAction((parsed, ct) => Hosted.RunAsync(parsed, (services, output) => ListAsync(services, output, ct), ct));
        var id = new Argument<string>("id") { Description = "From 'inbound list'" };
        var show = new Command("show", "Print a mail that came back, byte by byte") { id };
        show.SetAction((parsed, ct) => Hosted.RunAsync(parsed, (services, _) => ShowAsync(services, parsed.GetRequiredValue(id), ct), ct));
        inbound.Subcommands.Add(list);
        inbound.Subcommands.Add(show);
        root.Subcommands.Add(inbound);
    }

    // Whatever is wrong with us, the mail server must keep the mail: any other exit code makes it give the mail up.
    private static async Task<int> TakeAsync(ParseResult parsed, string? recipient, CancellationToken ct)
    {
        try
        {
            var mail = await ReadAsync(ct);
            if (mail.Length == 0 || mail.Length > InboundMail.Longest)
            {
                await Console.Error.WriteLineAsync($"mail: expected 1 to {InboundMail.Longest} bytes on standard input.");
                return DataError;
            }

            return await Hosted.RunAsync(parsed, (services, output) => TakeAsync(services, output, mail, recipient, ct), ct);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return TryAgain;
        }
    }

    private static async Task<int> TakeAsync(IServiceProvider services, Output output, byte[] mail, string? recipient, CancellationToken ct)
    {
        var result = await services.GetRequiredService<InboundMail>().TakeAsync(mail, recipient, ct);
        // A mail server takes what a delivery prints for a fault: silent, unless asked.
        if (output.IsJson)
            output.Document(result);
        return ExitCode.Done;
    }

    private static async Task<byte[]> ReadAsync(CancellationToken ct)
    {
        using var mail = new MemoryStream();
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[64 * 1024];
        for (int read; mail.Length <= InboundMail.Longest && (read = await input.ReadAsync(buffer, ct)) > 0;)
            mail.Write(buffer, 0, read);
        return mail.ToArray();
    }

    private static async Task<int> ListAsync(IServiceProvider services, Output output, CancellationToken ct)
    {
        var rows = await services.GetRequiredService<Database>().ReadAsync(session => session.QueryAsync<Row>(
            """
            SELECT id AS Id, received_at AS ReceivedAt, state AS State, kind AS Kind, outcome AS Outcome, status AS Status, message_id AS MessageId
            FROM inbound_mail ORDER BY received_at DESC, id DESC LIMIT 500
            """), ct);
        output.Table(rows, "Nothing came back yet.",
            ("id", row => row.Id), ("received", row => Values.Instant(row.ReceivedAt).ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)), ("state", row => row.State),
            ("kind", row => row.Kind), ("verdict", row => row.Outcome), ("status", row => row.Status), ("message", row => row.MessageId));
        return ExitCode.Done;
    }

    private static async Task<int> ShowAsync(IServiceProvider services, string id, CancellationToken ct)
    {
        var bytes = await services.GetRequiredService<Database>().ReadAsync(session => session.ValueAsync<byte[]>(
            "SELECT c.bytes FROM inbound_mail i JOIN content c ON c.hash = i.content_hash WHERE i.id = @id", new { id }), ct)
            ?? throw new UsageException($"id: expected one of 'relance inbound list', got '{id}'.");
        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(bytes, ct);
        return ExitCode.Done;
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public long ReceivedAt { get; init; }
        public string State { get; init; } = "";
        public string? Kind { get; init; }
        public string? Outcome { get; init; }
        public string? Status { get; init; }
        public string? MessageId { get; init; }
    }
}
