using Microsoft.Data.Sqlite;
using Npgsql;

namespace Relance.Operations;

/// <summary>Rules across several settings, and remarks that do not stop the start.</summary>
public static class SettingsChecks
{
    /// <summary>Remarks for the log and <c>doctor</c>: allowed, but probably not meant.</summary>
    public static IEnumerable<string> Warnings(RelanceSettings settings)
    {
        if (settings.PublicUrl.Port is not (80 or 443 or 8080))
            yield return $"Relance:PublicUrl: port {settings.PublicUrl.Port}; WordPress delivers webhooks to ports 80, 443 and 8080 only.";
        if (settings.Smtp is { Security: SmtpSecurity.None, Host.Length: > 0 and var _ } && settings.Smtp.Host is not ("localhost" or "127.0.0.1" or "::1"))
            yield return "Relance:Smtp:Security: none sends client data in clear text to another machine.";
    }

    internal static void Together(RelanceSettings settings, SettingsReader read)
    {
        CheckDatabase(settings.Database, read);
        if (settings.Outbox.AttemptMinutes >= settings.Outbox.LeaseMinutes)
            read.Fault("Outbox:AttemptMinutes", "fewer minutes than Outbox:LeaseMinutes");
        if (settings.Smtp.User is null != settings.Smtp.Password is null)
            read.Fault(settings.Smtp.User is null ? "Smtp:User" : "Smtp:Password", "Smtp:User and Smtp:Password, both or neither");
        if (settings.Digest.To is not null && (settings.Smtp.Host.Length == 0 || settings.Smtp.From.Length + settings.Sender.Email.Length == 0))
            read.Fault("Digest:To", "Smtp:Host and Smtp:From as well");
        for (var i = 0; i < settings.Products.Count; i++)
        {
            var rule = settings.Products[i];
            if (new object?[] { rule.ProductId, rule.Sku, rule.Category }.Count(key => key is not null) != 1)
                read.Fault($"Products:{i}", "exactly one of ProductId, Sku and Category");
        }
        foreach (var url in settings.Urls.Split(';'))
        {
            if (!url.StartsWith("http://", StringComparison.Ordinal) && !url.StartsWith("https://", StringComparison.Ordinal))
                read.Fault("Urls", "addresses such as http://*:8080, separated by semicolons");
        }
    }

    private static void CheckDatabase(string database, SettingsReader read)
    {
        if (database.Length == 0)
            return;
        try
        {
            if (database.Contains("Host=", StringComparison.OrdinalIgnoreCase))
                _ = new NpgsqlConnectionStringBuilder(database);
            else if (new SqliteConnectionStringBuilder(database).DataSource.Length == 0)
                read.Fault("Database", "Host=… for PostgreSQL or Data Source=… for SQLite");
        }
        catch (ArgumentException)
        {
            // The exception's text would repeat parts of the connection string.
            read.Fault("Database", "a connection string with Host=… for PostgreSQL or Data Source=… for SQLite");
        }
    }
}
