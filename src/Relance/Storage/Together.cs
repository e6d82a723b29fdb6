using System.Threading.Channels;

namespace Relance.Storage;

/// <summary>What is asked at the same time is done together, and each caller gets its own answer. A group that fails is done one by one: none takes others along.</summary>
internal sealed class Together<T, TAnswer> : IAsyncDisposable
{
    private readonly int _most;
    private readonly Func<IReadOnlyList<T>, Task<IReadOnlyList<TAnswer>>> _work;
    private readonly OneWorker<Asked> _worker;

    /// <summary>Starts with the first that is asked.</summary>
    /// <param name="most">The largest group.</param>
    /// <param name="work">Does a group; one answer for each, in order.</param>
    public Together(int most, Func<IReadOnlyList<T>, Task<IReadOnlyList<TAnswer>>> work)
    {
        (_most, _work) = (most, work);
        _worker = new(RoundAsync);
    }

    /// <summary>Returns once it is done, or throws what it threw.</summary>
    public Task<TAnswer> DoAsync(T one)
    {
        var asked = new Asked(one);
        _worker.Add(asked);
        return asked.Answer.Task;
    }

    public ValueTask DisposeAsync() => _worker.DisposeAsync();

    private async Task RoundAsync(ChannelReader<Asked> waiting)
    {
        var group = new List<Asked>();
        while (group.Count < _most && waiting.TryRead(out var next))
            group.Add(next);
        await DoAsync(group);
    }

    private async Task DoAsync(List<Asked> group)
    {
        try
        {
            var answers = await _work([.. group.Select(asked => asked.One)]);
            foreach (var (asked, answer) in group.Zip(answers))
                asked.Answer.SetResult(answer);
        }
        catch (Exception) when (group.Count > 1)
        {
            foreach (var asked in group)
                await DoAsync([asked]);
        }
        catch (Exception fault)
        {
            group[0].Answer.SetException(fault);
        }
    }

    private sealed record Asked(T One)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
