using Relance.Channels.Email;
using Relance.Operations;
using Relance.Reminders;
using Relance.Storage;

namespace Relance.Shops;

/// <summary>Registers linking and the clients of shops.</summary>
internal static class LinkServices
{
    /// <summary>Adds <see cref="ShopLinker"/> and <see cref="IShopConnector"/>. Time limits and OAuth run on real time.</summary>
    public static IServiceCollection AddShops(this IServiceCollection services) => services
        .AddSingleton(provider => new ShopFactory(provider.GetRequiredService<Clocks>().System, provider.GetRequiredService<ILoggerFactory>()))
        .AddSingleton<IShopConnector, ShopConnector>()
        .AddSingleton<ShopLinker>()
        .AddSingleton<SenderIdentities>()
        .AddSingleton<Speakers>()
        .AddSingleton<Foresight>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<ShopDoctor>(provider))
        .AddSingleton(provider => new GoingLiveChecks(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<RelanceSettings>(), provider.GetRequiredService<Clocks>(), provider.GetRequiredService<ShopLinker>(),
            provider.GetRequiredService<ShopDoctor>(), provider.GetRequiredService<SenderIdentities>(), provider.GetRequiredService<SmtpChannel>()))
        .AddSingleton<GoingLive>();
}
