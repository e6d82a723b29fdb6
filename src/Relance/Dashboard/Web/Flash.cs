using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Relance.Dashboard;

/// <summary>What the page after an action says: once.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Undo">Path of the form that takes it back, if there is one.</param>
/// <param name="Bad">It was refused.</param>
internal sealed record Flash(string Text, string? Undo = null, bool Bad = false);

/// <summary>Carries a <see cref="Flash"/> to the next page, in a cookie that only we can write.</summary>
internal sealed class Flashes(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("Relance.Flash.v1");

    /// <summary>Leaves it for the next page.</summary>
    public void Leave(HttpContext http, Flash flash) => Cookies.SetFlash(http, _protector.Protect(JsonSerializer.Serialize(flash)));

    /// <summary>Takes what the page before left.</summary>
    public Flash? Take(HttpContext http)
    {
        if (Cookies.Flash(http) is not { } text)
            return null;
        Cookies.SetFlash(http, null);
        try
        {
            return JsonSerializer.Deserialize<Flash>(_protector.Unprotect(text));
        }
        catch (CryptographicException)
        {
            // Somebody else's cookie, or of another key ring: there is nothing to say.
            return null;
        }
    }
}
