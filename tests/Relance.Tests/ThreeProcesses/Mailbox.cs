using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Relance.Tests.Servers;

namespace Relance.Tests.ThreeProcesses;

/// <summary>A mail as an independent catcher and parser saw it.</summary>
/// <param name="References">The contracts it speaks of.</param>
/// <param name="Steps">What it says, told by its words; a grouped mail has one subject for several steps.</param>
internal sealed partial record Mail(string MessageId, string To, string Subject, DateTimeOffset Date, IReadOnlyList<string> References, IReadOnlyList<string> Steps)
{
    private static readonly (string Words, string Step)[] s_words =
    [
        ("vous en informons dès à présent", "notice"), ("pas encore enregistré", "attention"), ("ne seront plus réalisées", "last-day"),
        ("Nous continuons à assurer la maintenance", "lapsed"), ("Nous vous notifions donc", "suspension"), ("nous vous offrons un audit", "reactivation"),
        ("Si vous ne souhaitez pas reprendre", "reactivation-2"), ("Il est clos le", "ended"), ("après cette interruption", "reactivated"), ("se poursuit sans interruption", "renewed"),
    ];

    /// <summary>Whether it confirms a payment; all others ask for something or announce it.</summary>
    public bool Confirms => Steps is ["reactivated"] or ["renewed"];

    public static async Task<IReadOnlyList<Mail>> AllAsync(MaildevServer maildev) => [.. (await maildev.MailsAsync()).Select(Read)];

    private static Mail Read(JsonNode mail)
    {
        var text = Spaces().Replace(ShopProcess.Text(mail, "text"), " ");
        return new Mail(
            ShopProcess.Text(mail["headers"]!, "message-id"),
            ShopProcess.Text(mail["to"]!.AsArray()[0]!, "address"),
            ShopProcess.Text(mail, "subject"),
            DateTimeOffset.Parse(ShopProcess.Text(mail, "time"), CultureInfo.InvariantCulture),
            [.. Reference().Matches(text).Select(m => m.Value).Distinct()],
            [.. s_words.Where(w => text.Contains(w.Words, StringComparison.Ordinal)).Select(w => w.Step)]);
    }

    [GeneratedRegex(@"\b(?:ABO|CMD)-\d+\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();
}
