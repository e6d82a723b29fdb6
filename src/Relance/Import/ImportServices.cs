namespace Relance.Import;

/// <summary>Registers import and export.</summary>
internal static class ImportServices
{
    /// <summary>Both services.</summary>
    public static IServiceCollection AddImport(this IServiceCollection services) => services.AddSingleton<CsvImport>().AddSingleton<CsvExport>();
}
