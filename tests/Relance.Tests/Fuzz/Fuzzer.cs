using System.Diagnostics;
using System.Text;

namespace Relance.Tests.Fuzz;

/// <summary>Feeds mutated samples to a parser until its time is over. The seed is in the report, so that a finding can be run again.</summary>
/// <param name="corpus">What is right, to begin with; inputs that are not refused at once join it, up to a limit.</param>
/// <param name="words">Pieces that mean something to the parser.</param>
internal sealed class Fuzzer(IReadOnlyList<byte[]> corpus, IReadOnlyList<string> words, int seed)
{
    private const int LongestInput = 64 * 1024, LargestCorpus = 2000, Fewest = 200;

    private readonly List<byte[]> _corpus = [.. corpus];
    private readonly Random _random = new(seed);

    /// <summary>Ten seconds, or <c>RELANCE_FUZZ_MINUTES</c> minutes.</summary>
    public static TimeSpan Budget { get; } = double.TryParse(Environment.GetEnvironmentVariable("RELANCE_FUZZ_MINUTES"), System.Globalization.CultureInfo.InvariantCulture, out var minutes)
        ? TimeSpan.FromMinutes(minutes)
        : TimeSpan.FromSeconds(10);

    /// <summary>Longer than this is a hang. A request shares its time with a network and a disk.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Runs it, a busy machine somewhat longer; the number of inputs, and the slowest one.</summary>
    /// <param name="target">True when the input was understood; throws what must never be thrown.</param>
    public async Task<(long Inputs, TimeSpan Slowest)> RunAsync(Func<byte[], Task<bool>> target)
    {
        var (inputs, slowest) = (0L, TimeSpan.Zero);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Budget || inputs < Fewest; inputs++)
        {
            var input = Next();
            var (understood, took) = await TimedAsync(target, input, inputs);
            // A busy machine may stop for a second; what hangs, hangs each time.
            if (took > Limit)
                (understood, took) = await TimedAsync(target, input, inputs);
            slowest = took > slowest ? took : slowest;
            if (took > Limit)
                throw new TimeoutException($"seed {seed}, input {inputs} took {took}, twice: {Shown(input)}");
            if (understood && _corpus.Count < LargestCorpus && _random.Next(50) == 0)
                _corpus.Add(input);
        }

        return (inputs, slowest);
    }

    private async Task<(bool Understood, TimeSpan Took)> TimedAsync(Func<byte[], Task<bool>> target, byte[] input, long number)
    {
        var clock = Stopwatch.StartNew();
        return (await OneAsync(target, input, number), clock.Elapsed);
    }

    private async Task<bool> OneAsync(Func<byte[], Task<bool>> target, byte[] input, long number)
    {
        try
        {
            return await target(input);
        }
        catch (Exception crash)
        {
            throw new InvalidOperationException($"seed {seed}, input {number}: {Shown(input)}", crash);
        }
    }

    private byte[] Next()
    {
        var input = new List<byte>(_corpus[_random.Next(_corpus.Count)]);
        for (var n = 1 << _random.Next(5); n > 0; n--)
            Mutate(input);
        return input.Count > LongestInput ? [.. input.Take(LongestInput)] : [.. input];
    }

    private void Mutate(List<byte> input)
    {
        var at = _random.Next(input.Count + 1);
        var length = Math.Min(_random.Next(1, 64), input.Count - at);
        switch (_random.Next(9))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)_random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 4:
                input.InsertRange(at, Encoding.UTF8.GetBytes(words[_random.Next(words.Count)]));
                break;
            case 5:
                input.InsertRange(at, Enumerable.Repeat((byte)_random.Next(256), _random.Next(1, 2000)));
                break;
            case 6:
                input.RemoveRange(at, input.Count - at);
                break;
            case 7:
                var other = _corpus[_random.Next(_corpus.Count)];
                input.InsertRange(at, other.Skip(_random.Next(other.Length)).Take(_random.Next(1, 500)));
                break;
            default:
                input.Insert(at, (byte)_random.Next(256));
                break;
        }
    }

    private static string Shown(byte[] input) => Convert.ToBase64String(input.Length > 3000 ? input[..3000] : input);
}
