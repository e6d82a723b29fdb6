using System.Globalization;
using CsvHelper;
using Relance.Agency;
using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Outbox;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Import;

/// <summary>Writes a shop's contracts as an import reads them: UTF-8 with a mark, semicolons, ISO dates.</summary>
public sealed class CsvExport(Database database)
{
    private const int PageSize = 500;

    private static readonly CsvWriterOptions s_format = new() { Separator = ';', WriteByteOrderMark = true };

    /// <summary>Writes all contracts of a shop, by reference.</summary>
    /// <exception cref="RefusedException">No such shop.</exception>
    public async Task WriteAsync(string shopId, Stream to, CancellationToken ct)
    {
        if (await database.ReadAsync(s => LinkedShop.FindAsync(s, shopId), ct) is null)
            throw RefusedException.NotFound("shop", shopId);
        await using var csv = CsvWriter.Create(to, s_format, leaveOpen: true);
        await RowAsync(csv, CsvExportRow.Header, ct);
        var after = "";
        while (await database.ReadAsync(s => PageAsync(s, shopId, after), ct) is { Count: > 0 } page)
        {
            foreach (var row in page)
                await RowAsync(csv, CsvExportRow.Of(Contract(row)), ct);
            after = page[^1].Id;
        }

        await csv.FlushAsync(ct);
    }

    private static Task<IReadOnlyList<Row>> PageAsync(Session session, string shopId, string after) => session.QueryAsync<Row>(
        """
        SELECT c.id AS Id, c.source AS Source, c.external_key AS ExternalKey, c.data AS Data, k.external_key AS ClientKey, k.name AS Name, k.email AS Email,
            k.kind AS Kind, k.locale AS Locale
        FROM contract c JOIN client k ON k.id = c.client_id WHERE c.shop_id = @shopId AND c.id > @after ORDER BY c.id LIMIT @Limit
        """, new { shopId, after, Limit = PageSize });

    private static async Task RowAsync(CsvWriter csv, IEnumerable<string> cells, CancellationToken ct)
    {
        foreach (var cell in cells)
            csv.WriteField(CsvInjection.Neutral(cell));
        await csv.EndRecordAsync(ct);
    }

    private static ImportedContract Contract(Row row)
    {
        var state = ContractState.FromJson(row.Data);
        return new ImportedContract
        {
            Line = 0,
            Reference = LetterWriter.Reference(row.Source, row.ExternalKey),
            ClientName = row.Name,
            Email = row.Email,
            CustomerId = row.ClientKey.StartsWith("customer:", StringComparison.Ordinal) ? long.Parse(row.ClientKey["customer:".Length..], CultureInfo.InvariantCulture) : 0,
            Kind = Enum.Parse<ClientKind>(row.Kind),
            Locale = row.Locale,
            Phone = state.Billing.Phone,
            Address = state.Billing.Address1,
            Postcode = state.Billing.Postcode,
            City = state.Billing.City,
            Country = state.Billing.Country is { Length: 2 } country ? country : "FR",
            Plan = state.PlanName,
            Site = state.SiteUrl,
            Term = new ImportedTerm(state.FirstStart < state.TermStart ? state.FirstStart : state.TermStart, state.TermStart, state.TermEnd, state.Months),
            Amount = state.Price,
            VatRate = state.VatRate ?? VatOf(state),
            Renewal = state.Kind,
            Notice = state.Notice,
            RenewalMonths = state.RenewalMonths,
            Online = state.ConcludedOnline,
            Product = state.Lines is [var line, ..] ? line.ProductId.ToString(CultureInfo.InvariantCulture) : null,
            Link = row.Source == ContractStore.Import ? state.ViewUrl : null,
            Status = state switch { { DeclinedOn: not null } => ImportedStatus.Declined, { EndedOn: not null } => ImportedStatus.Ended, _ => ImportedStatus.Open },
            ClosedOn = state.DeclinedOn ?? state.EndedOn,
            SuspendedOn = state is { DeclinedOn: null, EndedOn: null } ? state.SuspendedOn : null,
        };
    }

    // What an order was opened with tells the rate, to a tenth of a percent.
    private static decimal VatOf(ContractState state) =>
        state.Lines is [{ Total.Minor: > 0 } line, ..] ? Math.Round(((decimal)state.Amount / line.Total.Minor - 1) * 100, 1) : RowReader.FrenchVat;

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Source { get; init; } = "";
        public string ExternalKey { get; init; } = "";
        public string Data { get; init; } = "";
        public string ClientKey { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Email { get; init; }
        public string Kind { get; init; } = "";
        public string Locale { get; init; } = "";
    }
}
