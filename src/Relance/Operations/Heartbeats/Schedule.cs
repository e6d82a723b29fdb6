namespace Relance.Operations.Heartbeats;

/// <summary>A job of this process.</summary>
/// <param name="Name">Kebab-case name, such as <c>post-back</c>.</param>
/// <param name="Every">Real time between two starts.</param>
/// <param name="Limit">Real time without a success after which somebody must be told.</param>
public sealed record ScheduledJob(string Name, TimeSpan Every, TimeSpan Limit)
{
    // A restart, a slow shop or a deployment is no incident.
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(15);

    /// <summary>A job whose limit is four intervals, and never less than a quarter of an hour.</summary>
    public static ScheduledJob Of(string name, TimeSpan every, TimeSpan? limit = null) =>
        new(name, every, limit ?? (every * 4 is var four && four > s_shortest ? four : s_shortest));

    /// <summary>The name of a job body: <c>PostBackJob</c> is <c>post-back</c>.</summary>
    public static string NameOf(Type body)
    {
        var name = body.Name.EndsWith("Job", StringComparison.Ordinal) ? body.Name[..^3] : body.Name;
        return string.Concat(name.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : c.ToString()));
    }
}
