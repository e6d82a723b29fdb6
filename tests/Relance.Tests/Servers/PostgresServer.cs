using System.Diagnostics;
using Npgsql;

namespace Relance.Tests.Servers;

/// <summary>One PostgreSQL cluster of our own per test run, and a fresh database per test.</summary>
public sealed class PostgresServer
{
    private static readonly Lazy<Task<PostgresServer>> Shared = new(() => StartAsync(durable: false));
    private static readonly Lazy<Task<PostgresServer>> Durable = new(() => StartAsync(durable: true));
    private readonly string _address;

    private PostgresServer(int port) => _address = $"Host=127.0.0.1;Port={port};Username=postgres;Maximum Pool Size=20;Connection Idle Lifetime=10;Connection Pruning Interval=5";

    /// <summary>The connection string of a new, empty database.</summary>
    /// <param name="durable">With fsync, as in use: for benchmarks.</param>
    public static async Task<string> CreateDatabaseAsync(bool durable = false)
    {
        var server = await (durable ? Durable : Shared).Value;
        var name = $"t{Guid.CreateVersion7():N}";
        await using var connection = new NpgsqlConnection($"{server._address};Database=postgres");
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE template0", connection);
        await create.ExecuteNonQueryAsync();
        return $"{server._address};Database={name}";
    }

    private static async Task<PostgresServer> StartAsync(bool durable)
    {
        var folder = OwnedProcess.NewFolder("postgres");
        var data = Path.Combine(folder, "data");
        Directory.CreateDirectory(data);
        if (IsRoot)
            await RunAsync("chown", "postgres", data);
        await RunAsync(AsPostgres("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));
        var port = OwnedProcess.FreePort();
        var process = OwnedProcess.Start(folder, "INT", AsPostgres("postgres", "-D", data, "-p", $"{port}", "-h", "127.0.0.1",
            "-c", "unix_socket_directories=", "-c", durable ? "fsync=on" : "fsync=off", "-c", "max_connections=400"));
        var server = new PostgresServer(port);
        await process.ReadyAsync(server.AnswersAsync);
        return server;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{_address};Database=postgres;Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static bool IsRoot => Environment.UserName == "root";

    // PostgreSQL refuses to run as root; runuser would stay between us and it and swallow the signal.
    private static string[] AsPostgres(string program, params string[] arguments) =>
        IsRoot ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups", "--", Program(program), .. arguments] : [Program(program), .. arguments];

    private static string Program(string name) =>
        Directory.Exists("/usr/lib/postgresql")
        && Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin", name)).Where(File.Exists).Max() is { } path
            ? path
            : name;

    private static async Task RunAsync(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)}: {await output}{error}");
    }
}
