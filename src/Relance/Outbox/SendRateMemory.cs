using Relance.Channels.Email;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Outbox;

/// <summary>Tells the channel what was handed over during the last day, so that a limit per hour or day outlives a restart.</summary>
internal sealed class SendRateMemory(Database database, SmtpChannel channel, RelanceSettings settings, Clocks clocks) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => RememberAsync(cancellationToken);

    /// <summary>Reads what there is: at start, and once a backup was restored into a running service.</summary>
    public async Task RememberAsync(CancellationToken cancellationToken)
    {
        var handed = await database.ReadAsync(
            s => s.QueryAsync<long>("SELECT handed_at FROM attempt WHERE handed_at > @Since", new { Since = clocks.Real.AddDays(-1).Millis() }), cancellationToken);
        channel.Remember(settings.Smtp.From, handed.Select(Values.Instant));
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
