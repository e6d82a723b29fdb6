using System.Globalization;
using System.Text.RegularExpressions;
using Relance.Agency;
using Relance.Bounces;
using Relance.Bounces.Reading;
using Relance.Channels;
using Relance.Dashboard;
using Relance.Tests.Servers;

namespace Relance.Tests.Dashboard;

/// <summary>A contract's history names what happened, and who did it: the journal's kinds are read off the sources, so that no new one stays a code.</summary>
public sealed partial class The_history_is_told_in_words
{
    // About a shop, and in no contract's history.
    private static readonly string[] s_ofShops =
    [
        "went-live", "mode-changed", "speakers-changed", "shop-linked", "shop-relinked", "shop-unlinked", "site-mismatch", "site-matches", "plugin-found", "plugin-gone", "restored", "restore-confirmed", "sender-changed", "logo-changed",
    ];

    [Fact]
    public void Every_kind_of_entry_has_its_words()
    {
        French();
        var kinds = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Relance"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Call().Matches(File.ReadAllText(file))).SelectMany(call => Code().Matches(call.Groups["arguments"].Value)).Select(code => code.Groups["kind"].Value)
            .Concat(Enum.GetValues<InboundKind>().Where(kind => kind != InboundKind.Bounce).Select(kind => $"came-back-{kind.Code()}"))
            .Except(s_ofShops, StringComparer.Ordinal).Distinct(StringComparer.Ordinal).ToList();
        kinds.Count.ShouldBeGreaterThan(35);
        kinds.Where(kind => JournalLabels.Event(kind) == kind).ShouldBeEmpty();
    }

    [Fact]
    public void Every_end_of_an_attempt_has_its_words()
    {
        French();
        var ends = Enum.GetNames<SendOutcome>().Select(name => name.ToLowerInvariant()).Append("abandoned").ToList();
        ends.Where(end => JournalLabels.Attempt(end) == end).ShouldBeEmpty();
        JournalLabels.Attempt(null).ShouldBe("En cours");
    }

    [Theory]
    [InlineData(Actor.OfPerson, "Camille Roux", "Camille Roux")]
    [InlineData(Actor.OfCommandLine, "root", "ligne de commande (root)")]
    [InlineData(Actor.OfKey, "compta", "clé d’API « compta »")]
    [InlineData(Actor.OfClient, "0194f3a0", "le client")]
    [InlineData(Actor.OfShop, "marie@boutique.example", "boutique (marie@boutique.example)")]
    [InlineData("planner", "x", "planner:x")]
    public void Whoever_did_it_is_named_as_people_say(string kind, string name, string said)
    {
        French();
        JournalLabels.Who(new Actor(kind, name).ToString()).Replace('\u00A0', ' ').Replace('\u202F', ' ').ShouldBe(said);
    }

    private static void French() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fr");

    // A call that writes an entry, up to what the entry tells.
    [GeneratedRegex(@"(AppendAsync|JournalAsync|\bJournal|\bEntry(?=\(""\w)|ChangeAsync)\((?<arguments>[^;{]*?)(, \(""|, \[|JournalEntry\.Of|;|\{)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Call();

    [GeneratedRegex(@"(?<=, |\(|^|\? |: )""(?<kind>[a-z]+(-[a-z]+)*)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Code();
}
