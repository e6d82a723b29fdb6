using System.Text.Json;
using System.Text.Json.Serialization;
using Relance.Operations;

namespace Relance.Shops;

/// <summary>Who writes for a shop, as people see it.</summary>
/// <param name="Identity">The identity in use.</param>
/// <param name="IsOwn">False: the shop has none of its own, and the section <c>Sender</c> of the settings is used.</param>
/// <param name="Logo">Null without one.</param>
/// <param name="Missing">What a real shop still needs before it goes live.</param>
public sealed record ShopSender(SenderSettings Identity, bool IsOwn, SenderLogo? Logo, IReadOnlyList<SenderFault> Missing)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Who writes for a shop: its own identity, else the settings'; the address mails come from and the one that answers reach are filled in.</summary>
    public static SenderSettings Of(LinkedShop shop, RelanceSettings settings)
    {
        var sender = shop.Sender is { } own ? JsonSerializer.Deserialize<SenderSettings>(own, Json)! : settings.Sender;
        var from = First(sender.From, settings.Smtp.From, sender.Email);
        return sender with { From = from, ReplyTo = First(sender.ReplyTo, sender.Email, from) };
    }

    private static string First(params ReadOnlySpan<string> addresses)
    {
        foreach (var address in addresses)
        {
            if (address.Length > 0)
                return address;
        }

        return "";
    }
}
