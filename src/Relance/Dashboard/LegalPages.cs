using Relance.Legal;

namespace Relance.Dashboard;

/// <summary>The page of legal dates.</summary>
internal static class LegalPages
{
    public static void MapLegal(this IEndpointRouteBuilder pages) => pages.MapGet("/legal", async (LegalReads reads, CancellationToken ct) => Show.Page<Pages.LegalPage>(new
    {
        Audit = await reads.AuditAsync(null, Words.Language, ct),
        Calendar = await reads.CalendarAsync(null, null, ct),
    }));
}
