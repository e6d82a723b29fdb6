using Relance.Operations;

namespace Relance;

/// <summary>The one host of the service: commands build the same one and take what they need from it.</summary>
internal static class RelanceApp
{
    /// <summary>A host with every service and route, not started.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static WebApplication Build(string[] arguments)
    {
        // Settings are read once; watching the file would cost an inotify instance per host.
        var builder = WebApplication.CreateBuilder([.. arguments, "--hostBuilder:reloadConfigOnChange=false"]);
        var settings = SettingsLoader.Load(builder.Configuration);
        builder.WebHost.UseUrls(settings.Urls.Split(';'));
        builder.Logging.AddLogsForPeople();
        builder.Services.AddRelance(settings);
        var app = builder.Build();
        foreach (var warning in SettingsChecks.Warnings(settings))
            app.Logger.SettingsWarning(warning);
        return app.MapRelance();
    }

    private static IServiceCollection AddRelance(this IServiceCollection services, RelanceSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(TimeProvider.System)
        .AddSecrets(settings);

    private static WebApplication MapRelance(this WebApplication app)
    {
        app.MapHealth();
        return app;
    }
}
