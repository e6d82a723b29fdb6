using Relance.Agency;
using Relance.Api;
using Relance.Bounces;
using Relance.Channels;
using Relance.Channels.Email;
using Relance.Dashboard;
using Relance.Evidence;
using Relance.Import;
using Relance.Inbox;
using Relance.Legal;
using Relance.Operations;
using Relance.Plugin;
using Relance.Portal;
using Relance.Shops;
using Relance.Storage;
using Relance.Templates;

namespace Relance;

/// <summary>The one host of the service: commands build the same one and take what they need from it.</summary>
internal static class RelanceApp
{
    /// <summary>What is set, without a host: for commands that only compute.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static RelanceSettings Settings(string[] arguments) => SettingsLoader.Load(Configured(arguments).Configuration);

    /// <summary>A host with every service and route, not started.</summary>
    /// <param name="scheduled">Starting it also starts the jobs on their schedule: for the service, not for commands.</param>
    /// <param name="speed">Business seconds per second; other than 1, business days are played window by window.</param>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static WebApplication Build(string[] arguments, Clocks clocks, bool scheduled = false, double speed = 1)
    {
        var builder = Configured(arguments);
        var settings = SettingsLoader.Load(builder.Configuration);
        builder.WebHost.UseUrls(settings.Urls.Split(';'));
        builder.Logging.AddLogLines(settings.Logs);
        builder.Services.AddRelance(settings, clocks);
        if (scheduled)
            _ = speed == 1 ? builder.Services.AddSchedule(settings) : builder.Services.AddPlayback(speed);
        var app = builder.Build();
        // A service whose templates are faulty does not start.
        if (scheduled)
            _ = app.Services.GetRequiredService<MailRenderer>();
        foreach (var warning in SettingsChecks.Warnings(settings))
            app.Logger.SettingsWarning(warning);
        return app.MapRelance();
    }

    // Settings are read once; watching the file would cost an inotify instance per host.
    private static WebApplicationBuilder Configured(string[] arguments) => WebApplication.CreateBuilder([.. arguments, "--hostBuilder:reloadConfigOnChange=false"]);

    private static void AddRelance(this IServiceCollection services, RelanceSettings settings, Clocks clocks) => services
        .AddSingleton(settings)
        .AddSingleton(clocks)
        .AddSingleton(new Database(settings.ConnectionString))
        .AddSecrets(settings)
        .AddOperations()
        .AddShops()
        .AddInbox()
        .AddBounces()
        .AddEngine()
        .AddAgency()
        .AddLegal()
        .AddEvidence()
        .AddApi()
        .AddImport()
        .AddPlugin()
        .AddDashboard()
        .AddPortal()
        .AddSingleton<MailRenderer>()
        // Limits per minute, hour and day are a promise to the provider: real time.
        .AddSingleton(new SmtpChannel(settings.Smtp.ToOptions(), clocks.System))
        .AddSingleton<IChannel>(provider => provider.GetRequiredService<SmtpChannel>());

    private static WebApplication MapRelance(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseApi();
        app.MapHealth();
        app.MapInbox();
        app.MapApi();
        app.MapInbound();
        ClientPages.Map(app);
        app.MapPlugin();
        app.MapSites();
        app.MapDashboard();
        return app;
    }
}
