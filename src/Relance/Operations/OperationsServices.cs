using Relance.Operations.Backup;

namespace Relance.Operations;

/// <summary>Registers what keeps the service running and watched.</summary>
internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSingleton<Backups>().AddSingleton<RestoredShops>();
}
