using System.CommandLine;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Cli;

/// <summary>Gives a command the same host as the service, not started, on an up-to-date database.</summary>
internal static class Hosted
{
    /// <summary>Runs a command's work.</summary>
    public static async Task<int> RunAsync(ParseResult parsed, Func<IServiceProvider, Output, Task<int>> work, CancellationToken ct)
    {
        await using var app = await OpenAsync(parsed, ct);
        return await work(app.Services, CommonOptions.Output(parsed));
    }

    /// <summary>The host, its database migrated.</summary>
    /// <exception cref="UsageException">The clock is moved although a real shop is live.</exception>
    public static async Task<WebApplication> OpenAsync(ParseResult parsed, CancellationToken ct, bool scheduled = false)
    {
        var clocks = CommonOptions.Clocks(parsed, stepped: scheduled);
        var app = RelanceApp.Build(CommonOptions.HostArguments(parsed), clocks, scheduled, CommonOptions.SpeedOf(parsed));
        var database = app.Services.GetRequiredService<Database>();
        await Migrator.MigrateAsync(database, ct);
        if (clocks.Business is MovedClock)
            await RefuseWhileLiveAsync(database, ct);
        return app;
    }

    private static async Task RefuseWhileLiveAsync(Database database, CancellationToken ct)
    {
        var shops = await database.ReadAsync(LinkedShop.AllAsync, ct);
        if (shops.FirstOrDefault(shop => shop is { Mode: "live", Test: 0 }) is { } live)
            throw new UsageException($"--clock: expected no real shop to be live; {live.Url} is. Set it to dry-run first.");
    }
}
