using System.Net;
using System.Text.RegularExpressions;
using Relance.Plugin;
using Relance.Storage;

namespace Relance.Tests.Dashboard;

public abstract class An_invitation_is_shown_once(Dialect dialect) : PagesTests(dialect)
{
    [Fact]
    public async Task The_code_on_the_page_links_a_shop_as_the_boxes_allow()
    {
        using var camille = await SignedInAsync();
        await camille.GetAsync("/shops/add");
        var page = await camille.PostAsync("/shops/invitations", ("plugin-test", "on"));
        (page.Status, page.Heading).ShouldBe((HttpStatusCode.OK, "Code de liaison"));
        var code = Regex.Match(page.Text, "[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

        var allows = await Host.Service<LinkCodes>().FindAsync("shop", code, default);
        (allows.Test, allows.AllowPrivate, allows.AllowInvalidCertificate).ShouldBe((1L, 0L, 0L));
        allows.Who.ShouldContain("Camille Roux");
        (await Host.Database.ReadAsync(s => s.ValueAsync<string>("SELECT hash || who FROM link_code"))).ShouldNotBeNull().ShouldNotContain(code.Replace("-", "", StringComparison.Ordinal));
        (await camille.GetAsync("/shops")).Html.ShouldNotContain(code);
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_gets_one()
    {
        using var stranger = Visit();
        await stranger.GetAsync("/login");
        (await stranger.PostAsync("/shops/invitations")).Location.ShouldNotBeNull().ShouldContain("/login");
        (await Host.Database.ReadAsync(s => s.ValueAsync<long>("SELECT COUNT(*) FROM link_code"))).ShouldBe(0);
    }
}

public sealed class An_invitation_is_shown_once_on_SQLite() : An_invitation_is_shown_once(Dialect.Sqlite);

public sealed class An_invitation_is_shown_once_on_PostgreSQL() : An_invitation_is_shown_once(Dialect.Postgres);
