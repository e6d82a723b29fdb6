using Relance.Storage;

namespace Relance.Reminders;

/// <summary>The clients a forecast is about.</summary>
internal sealed class ForesightClients(IReadOnlyDictionary<string, ForesightClients.Row> rows)
{
    /// <summary>Reads them: of one shop or all, matching a text or all.</summary>
    public static async Task<ForesightClients> ReadAsync(Session session, string? shopId, string? text)
    {
        var rows = await session.QueryAsync<Row>(
            "SELECT id AS Id, name AS Name, email AS Email, locale AS Locale, external_key AS Key FROM client WHERE CAST(@shopId AS TEXT) IS NULL OR shop_id = @shopId", new { shopId });
        return new ForesightClients(rows.Where(row => row.Matches(text)).ToDictionary(row => row.Id, StringComparer.Ordinal));
    }

    /// <summary>Null when the forecast is not about this client.</summary>
    public Row? Find(string id) => rows.GetValueOrDefault(id);

    /// <summary>A client.</summary>
    internal sealed class Row
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Email { get; init; }
        public string Locale { get; init; } = "";
        public string Key { get; init; } = "";

        // In C#, since neither database folds accented letters.
        public bool Matches(string? text) => text is null || Id == text || Key == text
            || Name.Contains(text, StringComparison.CurrentCultureIgnoreCase) || (Email?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false);
    }
}
