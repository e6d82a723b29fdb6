using Relance.Agency.Digest;
using Relance.Outbox;
using Relance.Shops;

namespace Relance.Agency;

/// <summary>Registers what people see and decide.</summary>
internal static class AgencyServices
{
    public static IServiceCollection AddAgency(this IServiceCollection services) => services
        .AddSingleton<AgencyReads>().AddSingleton<AgencyDesk>()
        // Made by hand: their constructors are internal, as is the desk.
        .AddSingleton(provider => new Approvals(provider.GetRequiredService<AgencyDesk>()))
        .AddSingleton(provider => new Pauses(provider.GetRequiredService<AgencyDesk>()))
        .AddSingleton(provider => new ContractActions(provider.GetRequiredService<AgencyDesk>(), provider.GetRequiredService<IShopConnector>()))
        .AddSingleton(provider => new ClientActions(provider.GetRequiredService<AgencyDesk>()))
        .AddSingleton(provider => new MailPreviews(provider.GetRequiredService<AgencyDesk>(), provider.GetRequiredService<LetterWriter>()))
        .AddSingleton<DigestClaims>().AddSingleton<DigestMail>().AddSingleton<DigestJob>()
        .AddSingleton<UnknownOutcomes>().AddSingleton<TaskAnswers>()
        .AddSingleton(provider => new AgencyTasks(provider.GetRequiredService<AgencyDesk>(), provider.GetRequiredService<TaskAnswers>()));
}
