using System.Text.RegularExpressions;
using Relance.Tests.Servers;

namespace Relance.Tests.Crashes;

/// <summary>What arrived, read from the mail server alone.</summary>
internal sealed partial class Mailbox
{
    private Mailbox(IReadOnlyList<string> mails)
    {
        Ids = [.. mails.Select(mail => MessageId().Match(mail).Groups["id"].Value)];
        IdsByRecipient = mails.Zip(Ids).ToLookup(pair => Recipient().Match(pair.First).Groups["to"].Value, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <summary>The Message-ID of every mail, doubles included.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The Message-IDs that each person got.</summary>
    public ILookup<string, string> IdsByRecipient { get; }

    /// <summary>The Message-IDs that came more than once, with the number of surplus copies.</summary>
    public IReadOnlyDictionary<string, int> Surplus =>
        Ids.CountBy(id => id, StringComparer.Ordinal).Where(pair => pair.Value > 1).ToDictionary(pair => pair.Key, pair => pair.Value - 1, StringComparer.Ordinal);

    /// <summary>Waits until the server has nothing left to deliver, then reads.</summary>
    /// <exception cref="TimeoutException">It did not within two minutes.</exception>
    public static async Task<Mailbox> ReadAsync(PostfixServer server, int atLeast)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var quiet = 0; quiet < 4; quiet = IsQuiet(server.Log, atLeast) ? quiet + 1 : 0)
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMinutes(2))
                throw new TimeoutException($"The mail server still has mail to deliver, or too little came: {server.MessageIds.Count} so far.");
            await Task.Delay(250);
        }

        return new Mailbox(server.Mails);
    }

    // Postfix's queue manager logs each mail when it becomes active and when it is removed.
    private static bool IsQuiet(string log, int atLeast) =>
        Active().Count(log) is var active && active >= atLeast && active == Removed().Count(log);

    [GeneratedRegex(@"qmgr\[\d+\]: .*\(queue active\)", RegexOptions.None, 1000)]
    private static partial Regex Active();

    [GeneratedRegex(@"qmgr\[\d+\]: .*: removed", RegexOptions.None, 1000)]
    private static partial Regex Removed();

    [GeneratedRegex(@"^Message-ID:\s*<(?<id>[^>]+)>", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MessageId();

    [GeneratedRegex(@"^X-Original-To: (?<to>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Recipient();
}
