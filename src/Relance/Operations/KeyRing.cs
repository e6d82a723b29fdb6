using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Relance.Operations;

/// <summary>Where the key ring lies: beside the SQLite file, or in PostgreSQL, so that two machines share it.</summary>
public static class KeyRing
{
    /// <summary>Registers <see cref="Secrets"/> and its key ring.</summary>
    public static IServiceCollection AddSecrets(this IServiceCollection services, RelanceSettings settings) => services
        .AddKeyRing(settings)
        .AddSingleton(provider => new Secrets(provider.GetRequiredService<IDataProtectionProvider>(), () => Read(settings)));

    /// <summary>The folder of the key ring beside a SQLite file.</summary>
    internal static string Folder(RelanceSettings settings) => Path.Combine(settings.DataFolder, "keys");

    // The container is not disposed: what it gives goes on being used.
    private static IDataProtectionProvider Read(RelanceSettings settings) =>
        new ServiceCollection().AddLogging().AddKeyRing(settings).BuildServiceProvider().GetRequiredService<IDataProtectionProvider>();

    private static IServiceCollection AddKeyRing(this IServiceCollection services, RelanceSettings settings)
    {
        services.AddDataProtection().SetApplicationName("Relance");
        return services.Configure<KeyManagementOptions>(options => options.XmlRepository = settings.IsPostgres
            ? new PostgresKeyRing(settings.ConnectionString)
            : new FileKeyRing(Folder(settings)));
    }
}

/// <summary>One file per key, readable by the service's user only.</summary>
internal sealed class FileKeyRing(string folder) : IXmlRepository
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public IReadOnlyCollection<XElement> GetAllElements() =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.xml").Select(file => XElement.Load(file))] : [];

    public void StoreElement(XElement element, string friendlyName)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFile | UnixFileMode.UserExecute);
            options.UnixCreateMode = OwnerFile;
        }
        var path = Path.Combine(folder, $"{friendlyName}.xml");
        var unfinished = path + ".new";
        using (var file = new FileStream(unfinished, options))
        {
            element.Save(file);
            file.Flush(flushToDisk: true);
        }
        // A reader must never see half a key.
        File.Move(unfinished, path, overwrite: true);
    }
}

/// <summary>Keys in the table <c>instance</c>. The interface is synchronous; it is called once at start and every 90 days.</summary>
internal sealed class PostgresKeyRing(string connectionString) : IXmlRepository
{
    private const string Prefix = "key-ring:";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = Open();
        using var query = new NpgsqlCommand("SELECT value FROM instance WHERE key LIKE 'key-ring:%'", connection);
        using var rows = query.ExecuteReader();
        var keys = new List<XElement>();
        while (rows.Read())
            keys.Add(XElement.Parse(rows.GetString(0)));
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = Open();
        using var insert = new NpgsqlCommand("INSERT INTO instance (key, value) VALUES (@key, @value) ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value", connection);
        insert.Parameters.AddWithValue("key", Prefix + friendlyName);
        insert.Parameters.AddWithValue("value", element.ToString(SaveOptions.DisableFormatting));
        insert.ExecuteNonQuery();
    }

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        return connection;
    }
}
