using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Storage;

namespace Relance.Dashboard;

/// <summary>The style sheet, embedded; its address changes with its content, so that browsers may keep it for good.</summary>
internal static class StyleFile
{
    private static readonly byte[] s_bytes = Read();

    /// <summary>Where it is.</summary>
    public static string Path { get; } = $"/assets/{Values.Hash(s_bytes)[..16]}.css";

    /// <summary>Serves it, to everybody.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, Get).AllowAnonymous();

    private static FileContentHttpResult Get(HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(s_bytes, "text/css; charset=utf-8");
    }

    private static byte[] Read()
    {
        using var stream = typeof(StyleFile).Assembly.GetManifestResourceStream("Relance.Dashboard.Assets.style.css")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
