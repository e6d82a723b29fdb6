using System.Data.Common;
using System.Text;
using Relance.Bounces.Reading;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Bounces;

/// <summary>What became of a mail that came back.</summary>
/// <param name="Id">Ours.</param>
/// <param name="State"><c>new</c>: stored, read later; <c>done</c>; <c>unmatched</c>: names no message of ours, a task says so.</param>
/// <param name="Kind"><c>bounce</c>, <c>delayed</c>, <c>delivered</c>, <c>auto-reply</c>, <c>complaint</c>, <c>challenge</c> or <c>other</c>; null while it is not read.</param>
/// <param name="MessageId">The message it is about.</param>
/// <param name="Outcome">For a bounce: <c>hard</c>, <c>soft</c> or <c>blocked</c>.</param>
public sealed record InboundResult(string Id, string State, string? Kind, string? MessageId, string? Outcome);

/// <summary>Takes mails that came back to a return path: stored first as they are, then read. The same mail again changes nothing.</summary>
public sealed partial class InboundMail(Database database, ReturnPaths returnPaths, RelanceSettings settings, Clocks clocks, ILogger<InboundMail> logger) : IJobBody
{
    /// <summary>Bytes of a mail, at most.</summary>
    public const int Longest = 10 * 1024 * 1024;

    // A mail is read by whoever stored it; who finds it unread later, and not at once, takes over.
    private static readonly TimeSpan Head = TimeSpan.FromSeconds(30);

    /// <summary>Stores a mail, then reads it. When this returns, the mail is safe; a fault while reading leaves it to the job.</summary>
    /// <exception cref="DbException">It could not be stored: the mail server must try again.</exception>
    public Task<InboundResult> TakeAsync(ReadOnlyMemory<byte> mail, CancellationToken ct) => TakeAsync(mail, null, ct);

    /// <summary>The same, with the envelope recipient where the mail server tells it.</summary>
    /// <exception cref="ArgumentException">It is empty or too long.</exception>
    /// <exception cref="DbException">It could not be stored: the mail server must try again.</exception>
    public async Task<InboundResult> TakeAsync(ReadOnlyMemory<byte> mail, string? recipient, CancellationToken ct)
    {
        if (mail.Length is 0 or > Longest)
            throw new ArgumentException($"mail: expected 1 to {Longest} bytes, got {mail.Length}.", nameof(mail));
        var stored = await database.WriteAsync(session => InboundStore.AddAsync(session, mail, recipient, clocks.Real), ct);
        if (stored.State == "new")
            await TryReadAsync(stored.Id, ct);
        return await database.ReadAsync(session => InboundStore.ResultAsync(session, stored.Id), ct);
    }

    /// <summary>Reads what was stored and not read: a crash in between, or a message still on its way out.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var waiting = await database.ReadAsync(session => InboundStore.WaitingAsync(session, clocks.Real - Head), ct);
        foreach (var id in waiting)
            await TryReadAsync(id, ct);
        return waiting.Count;
    }

    // One mail that cannot be applied never stops the others; it stays new and is tried again.
    private async Task TryReadAsync(string id, CancellationToken ct)
    {
        try
        {
            await ReadAsync(id, ct);
        }
        catch (Exception fault) when (fault is DbException or SecretUnreadableException or InvalidOperationException)
        {
            NotRead(fault, id);
        }
    }

    private async Task ReadAsync(string id, CancellationToken ct)
    {
        if (await database.ReadAsync(session => InboundStore.FindAsync(session, id), ct) is not { State: "new" } stored)
            return;
        var report = ReportReader.Read(stored.Bytes);
        var named = $"{stored.Recipient}\n{Encoding.Latin1.GetString(stored.Bytes.AsSpan(0, Math.Min(stored.Bytes.Length, ReportReader.Looked)))}";
        var messageId = await returnPaths.FindAsync(named, ct);
        await database.WriteAsync(session => new BounceEffects(session, settings, clocks).ApplyAsync(stored, report, messageId), ct);
    }

    [LoggerMessage(LogLevel.Warning, "The mail {InboundId} came back and is stored; it could not be read yet")]
    private partial void NotRead(Exception fault, string inboundId);
}
