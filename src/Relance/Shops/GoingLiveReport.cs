using System.Globalization;
using System.Text;
using Relance.Operations;
using Relance.Reminders;
using Relance.Storage;

namespace Relance.Shops;

/// <summary>What stands between a shop and its clients, and what they will get once it is live.</summary>
/// <param name="Url">The shop's address.</param>
/// <param name="Baseline">Steps due before this local date are skipped: no backlog is ever sent.</param>
/// <param name="AllowSuspension">The suspension and what follows it would leave without approval.</param>
/// <param name="Problems">Each of them must be mended first.</param>
/// <param name="Warnings">To be read; they do not block.</param>
/// <param name="Next">The next thirty days, message by message, as of going live today.</param>
/// <param name="Fingerprint">Of the list: what is confirmed is this list, and no other.</param>
public sealed record GoingLiveReport(
    string ShopId, string Shop, string Url, DateOnly Baseline, bool AllowSuspension, IReadOnlyList<Finding> Problems, IReadOnlyList<Finding> Warnings,
    ForesightReport Next, string Fingerprint)
{
    /// <summary>Whether nothing blocks.</summary>
    public bool MayGoLive => Problems.Count == 0;

    /// <summary>The fingerprint of a list: who gets what, about which contracts, for how much, on which day.</summary>
    internal static string FingerprintOf(string shopId, DateOnly baseline, ForesightReport next)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{shopId}|{baseline.Text()}\n");
        foreach (var (on, message) in next.Messages)
        {
            text.Append(CultureInfo.InvariantCulture, $"{on.Text()}|{message.Address}|{message.Subject}");
            foreach (var step in message.Steps)
                text.Append(CultureInfo.InvariantCulture, $"|{step.ContractId} {step.Step} {step.Amount} {step.Currency}");
            text.Append('\n');
        }

        return Values.Hash(Encoding.UTF8.GetBytes(text.ToString()))[..16];
    }
}
