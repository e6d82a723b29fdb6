using Relance.Agency;
using Relance.Shops;

namespace Relance.Dashboard;

/// <summary>Carries out what a form asks for, and says every refusal in one way.</summary>
internal static class Acting
{
    /// <summary>Acts; a refusal of the shop or of the link becomes one that names its field.</summary>
    /// <exception cref="RefusedException">It was refused.</exception>
    public static async Task<T> DoAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (LinkRefusedException refused)
        {
            // Its message begins with the field: "url: expected …".
            var (field, expected) = refused.Message.Split(": ", 2) is [var name, var rest] ? (name, rest) : ("", refused.Message);
            throw RefusedException.Invalid(field, expected);
        }
        catch (ShopException fault)
        {
            throw RefusedException.Conflict("shop", $"an answer of the shop: {fault.Message}");
        }
    }

    /// <summary>A form without fields of its own, such as a button: acts and goes on, or says on the next page why not.</summary>
    public static Task<IResult> ButtonAsync(HttpContext http, string next, Func<Task<Flash>> act) => Show.AfterAsync(
        async () => Show.Next(http, next, await DoAsync(act)),
        refused => Task.FromResult(Show.Next(http, next, new Flash(Refusals.Sentence(refused), Bad: true))));
}
