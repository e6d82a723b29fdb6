using Relance.Outbox;

namespace Relance.Portal;

/// <summary>Registers the clients' pages.</summary>
internal static class PortalServices
{
    public static IServiceCollection AddPortal(this IServiceCollection services) => services
        .AddSingleton<ClientLinks>().AddSingleton<IClientLinks>(provider => provider.GetRequiredService<ClientLinks>())
        .AddSingleton<ClientDesk>().AddSingleton<FormSeal>().AddSingleton<PortalGuard>().AddSingleton<ClientPages>();
}
