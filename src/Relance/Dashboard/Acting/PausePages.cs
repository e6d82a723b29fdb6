using Relance.Agency;

namespace Relance.Dashboard;

/// <summary>Pauses: what is held, until when, why; and new ones.</summary>
internal static class PausePages
{
    public static void MapPauses(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/pauses", async (string? scope, string? id, string? after, AgencyReads reads, CancellationToken ct) =>
            await PageAsync(Form.With(("scope", scope ?? "all"), ("id", id)), after, reads, StatusCodes.Status200OK, ct));
        pages.MapPost("/pauses", AddAsync);
        pages.MapPost("/pauses/{id}/remove", (string id, HttpContext http, Pauses pauses, CancellationToken ct) => Acting.ButtonAsync(http, "/pauses", async () =>
        {
            await pauses.RemoveAsync(id, SessionHandler.ActorOf(http), ct);
            return new Flash(Words.Say("La pause est levée.", "The pause is over."));
        }));
    }

    private static async Task<IResult> AddAsync(HttpContext http, AgencyReads reads, Pauses pauses, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        return await Show.AfterAsync(
            async () =>
            {
                var scope = Enum.TryParse<PauseScope>(form["scope"], ignoreCase: true, out var read) ? read : throw RefusedException.Invalid("scope", "all, shop, client, contract");
                var until = form.Date("until");
                var id = await pauses.AddAsync(scope, form.Optional("id"), until, form["reason"], SessionHandler.ActorOf(http), ct);
                return Show.Next(http, "/pauses", new Flash(Words.Say($"En pause jusqu’au {Formats.Date(until)}.", $"Paused until {Formats.Date(until)}."), $"/pauses/{id}/remove"));
            },
            refused => PageAsync(form.Because(refused), null, reads, Refusals.Status(refused), ct));
    }

    private static async Task<IResult> PageAsync(Form form, string? after, AgencyReads reads, int status, CancellationToken ct) =>
        Show.Page<Pages.PausesPage>(new { View = await reads.PausesAsync(new PauseFilter(After: after), ct), Form = form, On = await NameAsync(form, reads, ct) }, status);

    // People pause a contract by its reference, not by its id.
    private static async Task<string?> NameAsync(Form form, AgencyReads reads, CancellationToken ct) => form["scope"] == "contract" && form.Optional("id") is { } id
        ? (await reads.ContractAsync(id, Words.Language, ct)).Summary is var contract ? $"{contract.Client} · {contract.Reference}" : null
        : null;
}
