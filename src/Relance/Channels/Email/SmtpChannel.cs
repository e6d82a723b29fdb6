using Relance.Channels.Email.Mime;
using Relance.Channels.Smtp;

namespace Relance.Channels.Email;

/// <summary>E-mail through the agency's own submission server.</summary>
internal sealed class SmtpChannel(SmtpOptions options, TimeProvider clock) : IChannel, IAsyncDisposable
{
    private readonly SubmissionClient _client = new(options, clock);
    private readonly SendRate _rate = new(options.Limits, clock);

    public string Name => "email";

    /// <inheritdoc/>
    public OutgoingMessage Compose(MessageDraft draft) => new(
        draft.MessageId,
        draft.From.Address,
        AddrSpec.Parse("Return-Path", draft.ReturnPath ?? draft.From.Address).Value,
        [.. draft.To.Select(to => AddrSpec.Parse("To", to.Address).Value)
            .Concat(draft.Cc.Select(cc => AddrSpec.Parse("Cc", cc.Address).Value)).Distinct(StringComparer.OrdinalIgnoreCase)],
        MimeWriter.Write(draft));

    /// <summary>Asked before claiming; <see cref="SendAsync"/> answers <see cref="SendOutcome.Deferred"/> to who does not ask.</summary>
    public DateTimeOffset? NextAt(string sender) => _rate.NextAt(sender);

    /// <summary>Counts the hand-overs of the last day after a restart, so that a limit outlives it.</summary>
    public void Remember(string sender, IEnumerable<DateTimeOffset> handedOver) => _rate.Remember(sender, handedOver);

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(OutgoingMessage message, Func<CancellationToken, Task> handover, CancellationToken ct)
    {
        if (!_rate.TryTake(message.Sender, out var taken, out var blocked))
            return new(SendOutcome.Deferred, $"the limit of {blocked.Limit} is reached for this sender: it may go on at {blocked.Until:yyyy-MM-dd HH:mm:ss}Z");
        var handedOver = false;
        try
        {
            return await _client.SendAsync(message, CountedHandover, ct);
        }
        finally
        {
            if (!handedOver)
                _rate.GiveBack(message.Sender, taken);
        }

        async Task CountedHandover(CancellationToken token)
        {
            await handover(token);
            handedOver = true;
        }
    }

    /// <summary>Tries the settings without sending anything: what is wrong and how to mend it, without a secret.</summary>
    public async Task<SmtpProbe> ProbeAsync(CancellationToken ct)
    {
        var problem = options.Problems().FirstOrDefault();
        if (problem is not null)
            return new(Healthy: false, problem);
        return await _client.ProbeAsync(ct) is { } failure
            ? new(Healthy: false, $"{options.Host}:{options.EffectivePort}: {failure.Answer.TrimEnd('.')}.", SmtpProbe.MendOf(failure, options))
            : new(Healthy: true, $"{options.Host}:{options.EffectivePort} takes our mail.");
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
