namespace Relance.Legal;

/// <summary>Registers what is known about the law.</summary>
internal static class LegalServices
{
    public static IServiceCollection AddLegal(this IServiceCollection services) => services.AddSingleton<RateFile>().AddSingleton<LawDesk>().AddSingleton<LawDoctor>().AddSingleton<LegalReads>();
}
