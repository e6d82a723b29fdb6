namespace Relance.Bounces;

/// <summary>Registers what mails that come back need.</summary>
internal static class BounceServices
{
    public static IServiceCollection AddBounces(this IServiceCollection services) => services
        .AddSingleton<ReturnPaths>().AddSingleton<InboundMail>().AddSingleton<AddressState>().AddSingleton<BounceDoctor>();
}
