namespace Relance.Agency;

/// <summary>Registers what people see and decide.</summary>
internal static class AgencyServices
{
    public static IServiceCollection AddAgency(this IServiceCollection services) => services.AddSingleton<AgencyReads>();
}
