namespace Relance.Demo.Shop;

/// <summary>The shop's clock: follows a <see cref="TimeProvider"/>, can be moved, and stands still while a past instant is replayed.</summary>
internal sealed class ShopClock(TimeProvider source, DateTimeOffset? start, double speed)
{
    private double _speed = speed;
    private DateTimeOffset _mark = source.GetUtcNow();
    private DateTimeOffset? _origin = start ?? (speed == 1 ? null : source.GetUtcNow());
    private DateTimeOffset? _replayed;

    /// <summary>Now, in whole seconds as MySQL stores them.</summary>
    internal DateTimeOffset Now
    {
        get
        {
            var now = _replayed ?? (_origin is { } origin ? origin + ((source.GetUtcNow() - _mark) * _speed) : source.GetUtcNow());
            return DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        }
    }

    /// <summary>Moves the clock; from there it runs on at its speed, or at a new one.</summary>
    internal void Set(DateTimeOffset instant, double? newSpeed = null) => (_origin, _mark, _speed) = (instant, source.GetUtcNow(), newSpeed ?? _speed);

    /// <summary>Runs an action as if it were that instant.</summary>
    internal void At(DateTimeOffset instant, Action action)
    {
        var before = _replayed;
        _replayed = instant;
        try
        {
            action();
        }
        finally
        {
            _replayed = before;
        }
    }
}
