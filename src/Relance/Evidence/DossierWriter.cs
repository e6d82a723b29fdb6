using System.Data;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Relance.Domain.Billing;
using Relance.Journal;
using Relance.Legal;
using Relance.Storage;

namespace Relance.Evidence;

/// <summary>Writes one dossier. The same contract on the same day gives the same bytes.</summary>
/// <param name="pages">Also prints the index, where it can.</param>
internal sealed class DossierWriter(DossierSource source, LawDesk law, PdfPrinter? pages, DateOnly today, string locale, CancellationToken ct)
{
    private readonly DossierContents _contents = new(source);
    private readonly List<ChainEntry> _clear = [];

    /// <summary>Writes everything.</summary>
    public async Task<DossierReport> WriteAsync(Stream to, DossierHead head, string? withoutStamp)
    {
        await using var zip = new DossierZip(to, ct);
        await zip.AddAsync(DossierFormat.Journal, stream => JournalAsync(stream, head));
        var messages = await MailsAsync(zip);
        foreach (var entry in _clear.Where(entry => entry.ContentHash is not null))
            await _contents.AddAsync(zip, entry.ContentHash!, DateOnly.FromDateTime(Values.Instant(entry.At).UtcDateTime), entry.Kind);
        var tokens = new List<DossierStamp>();
        foreach (var stamp in await source.StampsAsync(_clear.Select(entry => entry.Seq), head.Seq))
            tokens.Add(await StampAsync(zip, stamp));
        var facts = await FactsAsync(head, tokens);
        var computed = await DossierComputations.AllAsync(source, law, today, facts.Invoices);
        await zip.AddAsync(DossierFormat.Facts, Json(facts));
        await zip.AddAsync(DossierFormat.Answers, Json(messages));
        await zip.AddAsync(DossierFormat.Law, Json(computed));
        await zip.AddAsync(DossierFormat.Note, Encoding.UTF8.GetBytes(DossierNote.Of(facts)));
        var index = new DossierPage(facts, messages, computed, _clear, _contents).Html();
        await zip.AddAsync(DossierFormat.Index, Encoding.UTF8.GetBytes(index));
        var (pdf, without) = pages is null ? (null, null) : await pages.PrintAsync(index, ct);
        if (pdf is not null)
            await zip.AddAsync(DossierFormat.Pdf, pdf);
        await zip.FinishAsync();
        return new DossierReport(
            facts.Contract.Reference, head.Seq, _clear.Count, head.Hash, messages.Count(m => m.File is not null), _contents.Erased.Count, pdf is not null, without, tokens.Count, withoutStamp);
    }

    private async Task JournalAsync(Stream to, DossierHead head)
    {
        var subjects = await source.SubjectsAsync();
        await foreach (var entry in source.JournalAsync(head.Seq))
        {
            var isClear = subjects.Contains(entry.SubjectId);
            if (isClear)
                _clear.Add(entry);
            await JsonSerializer.SerializeAsync(to, isClear
                ? new JournalLine(entry.Seq, entry.ShopId, entry.At, entry.Kind, entry.SubjectId, entry.Entry, entry.ContentHash, entry.PrevHash, Hash: entry.Hash)
                : new JournalLine(entry.Seq, Digest: entry.IsOldForm ? null : entry.Digest, Hash: entry.Hash), DossierFormat.Line, ct);
            await to.WriteAsync("\n"u8.ToArray(), ct);
        }
    }

    private async Task<IReadOnlyList<DossierMessage>> MailsAsync(DossierZip zip)
    {
        var (steps, attempts, all) = (await source.StepsAsync(), await source.AttemptsAsync(), new List<DossierMessage>());
        foreach (var message in await source.MessagesAsync())
        {
            var (on, said) = (Values.Date(message.SlotOn), string.Join(' ', steps[message.Id]));
            if (message.Hash is { } hash)
                await _contents.AddAsync(zip, hash, on, steps[message.Id].FirstOrDefault("mail").Replace('.', '-'));
            all.Add(new(message.Id, message.Class, message.Mode, message.State, on, said, _contents.FileOf(message.Hash), message.Hash, [.. attempts[message.Id]],
                DossierSource.Instant(message.BouncedAt), message.BounceAnswer));
        }
        return all;
    }

    private static async Task<DossierStamp> StampAsync(DossierZip zip, KeptStamp stamp)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"stamps/{stamp.Seq:D9}.tst");
        await zip.AddAsync(file, stamp.Token);
        return new(stamp.Seq, stamp.Hash, stamp.At, stamp.Authority, file);
    }

    private async Task<DossierFacts> FactsAsync(DossierHead head, IReadOnlyList<DossierStamp> stamps)
    {
        var (contract, shop, client) = (source.Contract, source.Shop, (await source.ClientAsync())!);
        var state = contract.State;
        return new DossierFacts(
            DossierFormat.Version, today, locale, new(shop.Id, shop.Name, shop.Url, shop.Mode, shop.Test == 1),
            new(contract.Id, Billing.LegalNotices.Reference(contract.Source, contract.ExternalKey, state), contract.Source, state.PlanName, state.Kind.ToString().ToLowerInvariant(), contract.Standing,
                state.TermStart, state.TermEnd, state.TermNo, state.Notice?.ToString(), state.Amount, state.Currency, state.SuspendedOn, state.DeclinedOn, state.EndedOn),
            new(client.Id, client.Name, client.Email, contract.ClientKind.Code()), await source.InvoicesAsync(), _contents.Erased, head, stamps);
    }

    private static byte[] Json<T>(T document) => [.. JsonSerializer.SerializeToUtf8Bytes(document, DossierFormat.Document), (byte)'\n'];
}
