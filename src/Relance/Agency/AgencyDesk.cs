using System.Text;
using Relance.Billing;
using Relance.Journal;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Agency;

/// <summary>Where people's decisions are written: one transaction each, with the journal entry that says who decided.</summary>
internal sealed class AgencyDesk(Database database, RelanceSettings settings, Clocks clocks)
{
    private const int LongestText = 1000;

    /// <summary>The business day in the agency's time zone.</summary>
    public DateOnly Today => Day(clocks.Now);

    /// <summary>The local day of an instant, in the agency's time zone.</summary>
    public DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, settings.Calendar.TimeZone).DateTime);

    public Database Database => database;

    public DateTimeOffset Now => clocks.Now;

    /// <summary>A context about a shop, in a transaction.</summary>
    public BillingContext Context(Session session, LinkedShop shop) => new(session, shop, settings, clocks.Now);

    /// <summary>A context about a shop by its id.</summary>
    public async Task<BillingContext> ContextAsync(Session session, string shopId) =>
        Context(session, await LinkedShop.FindAsync(session, shopId) ?? throw RefusedException.NotFound("shop", shopId));

    /// <summary>Decides about one locked contract.</summary>
    /// <exception cref="RefusedException">There is none with this id, or the work refuses.</exception>
    public Task OnContractAsync(string id, Func<BillingContext, StoredContract, Task> work, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            var contract = await ContractStore.LockAsync(session, id) ?? throw RefusedException.NotFound("contract", id);
            await work(await ContextAsync(session, contract.ShopId), contract);
        },
        ct);

    /// <summary>Writes who decided what. The words of people may name persons: they live in <c>content</c>, erasable, and the entry holds their hash.</summary>
    public static async Task JournalAsync(BillingContext context, string kind, string subject, Actor actor, string? words, params (string Name, object? Value)[] facts)
    {
        var hash = words is null ? null : await KeptAsync(context.Session, words);
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, kind, subject, JournalEntry.Of([.. facts, ("by", actor.ToString())]), hash);
    }

    /// <summary>Words that a person must give.</summary>
    /// <exception cref="RefusedException">None, or too many.</exception>
    public static string Words(string field, string? text) => text?.Trim() is { Length: > 0 and <= LongestText } words && !words.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
        ? words
        : throw RefusedException.Invalid(field, $"a few words, at most {LongestText} characters");

    private static async Task<string> KeptAsync(Session session, string words)
    {
        var bytes = Encoding.UTF8.GetBytes(words);
        var hash = Values.Hash(bytes);
        await session.ExecuteAsync("INSERT INTO content (hash, bytes) VALUES (@hash, @bytes) ON CONFLICT (hash) DO NOTHING", new { hash, bytes });
        return hash;
    }
}
