namespace Relance.Operations;

/// <summary><c>serve --clock --speed</c>: plays window after window, paced by real time; a late window is played at once, none is left out.</summary>
internal sealed class PacedPlayback(Playback playback, Clocks clocks, double speed) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (start, began) = (clocks.Now, clocks.Real);
        foreach (var window in playback.From(start))
        {
            var wait = began + (window - start) / speed - clocks.Real;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, clocks.System, stoppingToken);
            await playback.PlayAsync(window, stoppingToken);
        }
    }
}
