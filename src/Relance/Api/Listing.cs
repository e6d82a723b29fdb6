using System.ComponentModel;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Relance.Agency;

namespace Relance.Api;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in the list's order.</param>
/// <param name="Next">The <c>after</c> of the next page; null at the end. Also in the header <c>Link</c>, as <c>rel="next"</c>.</param>
public sealed record Listing<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which page is asked for.</summary>
/// <param name="Limit">Items per page.</param>
/// <param name="After">The <c>next</c> of the page before; nothing for the first page.</param>
internal sealed record PageQuery(
    [property: FromQuery(Name = "limit"), Description("Items per page, from 1 to 200; 50 when left out.")] int? Limit,
    [property: FromQuery(Name = "after"), Description("The `next` of the page before; left out for the first page.")] string? After)
{
    private const int Default = 50;
    private const int Longest = 200;

    /// <summary>The limit, checked.</summary>
    /// <exception cref="RefusedException">It is out of range.</exception>
    public int Size => (Limit ?? Default) is >= 1 and <= Longest and var size ? size : throw RefusedException.Invalid("limit", $"expected a whole number from 1 to {Longest}");
}

/// <summary>Writes pages.</summary>
internal static class Listings
{
    /// <summary>A page as it is answered, with its <c>Link</c> (RFC 8288).</summary>
    public static Ok<Listing<TBody>> Answer<T, TBody>(this HttpContext http, Page<T> page, Func<T, TBody> body)
    {
        if (page.Next is { } next)
        {
            var query = QueryHelpers.ParseQuery(http.Request.QueryString.Value);
            query["after"] = next;
            http.Response.Headers.Link = $"<{http.Request.PathBase}{http.Request.Path}{new QueryBuilder(query)}>; rel=\"next\"";
        }
        return TypedResults.Ok(new Listing<TBody>([.. page.Items.Select(body)], page.Next));
    }
}
