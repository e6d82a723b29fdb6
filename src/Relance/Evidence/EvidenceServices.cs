using Relance.Agency;
using Relance.Evidence.Stamps;
using Relance.Legal;
using Relance.Operations;
using Relance.Privacy;
using Relance.Storage;

namespace Relance.Evidence;

/// <summary>Registers what proves and what is forgotten.</summary>
internal static class EvidenceServices
{
    public static IServiceCollection AddEvidence(this IServiceCollection services) => services
        .AddSingleton(provider => new Dossiers(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<RelanceSettings>(), provider.GetRequiredService<Clocks>(), provider.GetRequiredService<LawDesk>(), provider.GetRequiredService<StampJob>()))
        .AddSingleton<TimestampAuthority>().AddSingleton<StampJob>()
        .AddSingleton(provider => new PersonExport(provider.GetRequiredService<Database>()))
        .AddSingleton(provider => new Erasure(provider.GetRequiredService<AgencyDesk>()));
}
