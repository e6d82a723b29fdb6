using System.Globalization;
using System.Text;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Portal;

/// <summary>Binds a form to the link it was shown for and to what it said: nobody confirms what they have not read, and a page of somebody else's has none.</summary>
/// <remarks>No cookie: readers of mail open links in windows that keep none.</remarks>
internal sealed class FormSeal(Secrets secrets, Clocks clocks)
{
    private static readonly TimeSpan s_life = TimeSpan.FromHours(24);
    private readonly Secrets _secrets = secrets.For("Relance.Portal.Form.v1");

    /// <summary>The seal of a form; good for 24 hours.</summary>
    public string Make(ClientToken token, ClientChoice shown) => _secrets.Protect(string.Create(CultureInfo.InvariantCulture, $"{(clocks.Real + s_life).Millis()}|{Digest(token, shown)}"));

    /// <summary>Whether a seal is ours, of this link, of exactly this choice, and not too old.</summary>
    public bool Fits(string? seal, ClientToken token, ClientChoice now)
    {
        if (string.IsNullOrEmpty(seal))
            return false;
        try
        {
            return _secrets.Unprotect(seal).Split('|') is [var until, var digest]
                && digest == Digest(token, now) && long.Parse(until, CultureInfo.InvariantCulture) >= clocks.Real.Millis();
        }
        catch (SecretUnreadableException)
        {
            return false;
        }
    }

    private static string Digest(ClientToken token, ClientChoice choice) => Values.Hash(Encoding.UTF8.GetBytes($"{token.Text}|{choice.Kind}|{choice.EndsOn:O}|{choice.Refund}"));
}
