using System.Net;
using Relance.Agency;
using Relance.Dashboard;
using Relance.Storage;

namespace Relance.Tests.Dashboard;

/// <summary>Accounts, links and passwords, as a browser without scripts meets them.</summary>
public abstract class People_sign_in(Dialect dialect) : PagesTests(dialect)
{
    [Fact]
    public async Task The_first_link_makes_one_account_and_the_password_opens_the_pages()
    {
        var link = await FirstLinkAsync();
        using var camille = Visit();
        (await SetUpAsync(camille, link)).Location.ShouldBe("/");
        (await camille.GetAsync("/")).Heading.ShouldBe("Aujourd’hui");
        (await camille.PostAsync("/logout")).Location.ShouldBe("/login");
        (await camille.GetAsync("/")).Location.ShouldNotBeNull().ShouldContain("/login");
        var used = await camille.GetAsync(link);
        (used.Status, used.Heading).ShouldBe((HttpStatusCode.NotFound, "Ce lien n’ouvre plus rien"));

        using var elsewhere = Visit();
        (await SignInAsync(elsewhere, Email.ToUpperInvariant(), Password)).Location.ShouldBe("/");
        (await elsewhere.GetAsync("/")).Heading.ShouldBe("Aujourd’hui");
    }

    [Theory]
    [InlineData("court", "de 12 à 128 caractères")]
    [InlineData("aaaaaaaaaaaaaaaa", "caractères différents")]
    [InlineData("camille-1234", "ne tient pas à votre nom")]
    public async Task A_weak_password_makes_no_account(string password, string says)
    {
        using var camille = Visit();
        var refused = await SetUpAsync(camille, await FirstLinkAsync(), password);
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain(says);
        refused.Html.ShouldNotContain(password);
        (await Host.Service<Accounts>().ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_who_use_the_first_link_at_once_make_one_account()
    {
        var (accounts, token) = (Host.Service<Accounts>(), (await FirstLinkAsync())["/setup/".Length..]);
        var outcomes = await Task.WhenAll(new[] { "camille", "sacha" }.Select(async name =>
        {
            try
            {
                return (await accounts.CompleteAsync(token, $"{name}@agence.example", name, Password, default)).Name;
            }
            catch (RefusedException refused)
            {
                return refused.Field;
            }
        }));
        outcomes.ShouldContain("link");
        (await accounts.ListAsync()).ShouldHaveSingleItem().Name.ShouldBe(outcomes.Single(outcome => outcome != "link"));
    }

    [Fact]
    public async Task An_account_is_made_once_reset_and_removed_and_each_ends_its_sessions()
    {
        using var camille = await SignedInAsync();
        var accounts = Host.Service<Accounts>();
        (await Should.ThrowAsync<RefusedException>(() => accounts.AddAsync(Email.ToUpperInvariant(), "Autre"))).Field.ShouldBe("email");
        var link = (await accounts.ResetAsync(Email)).Url.AbsolutePath;
        (await camille.GetAsync("/")).Location.ShouldNotBeNull().ShouldContain("/login");
        using var stranger = Visit();
        (await SignInAsync(stranger, Email, Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "the former password is gone");

        await camille.GetAsync(link);
        (await camille.PostAsync(link, ("password", "six autres mots sans lien"))).Location.ShouldBe("/");
        (await camille.GetAsync("/")).Heading.ShouldBe("Aujourd’hui");
        await accounts.RemoveAsync(Email);
        (await camille.GetAsync("/")).Location.ShouldNotBeNull().ShouldContain("/login");
        (await accounts.ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_thousand_wrong_passwords_do_not_get_in_and_do_not_stop_the_owner()
    {
        using var camille = await SignedInAsync();
        var account = (await Host.Service<Accounts>().ListAsync()).ShouldHaveSingleItem();
        var device = await Host.Service<Sessions>().RememberAsync(account.Id, default);
        var signIn = Host.Service<SignIn>();
        Task<SignInResult> Guess(int n) => signIn.TryAsync(Email, $"wrong password {n}", null, new IPAddress([10, 0, (byte)(n / 250), (byte)(n % 250)]), default);
        var storm = Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (n, _) => (await Guess(n)).Outcome.ShouldNotBe(SignInOutcome.Welcome));
        (await signIn.TryAsync(Email, Password, device, IPAddress.Parse("192.0.2.2"), default)).Outcome.ShouldBe(SignInOutcome.Welcome);
        await storm;

        // The clock stands: five free tries were looked at, and no other one.
        (await Host.Database.ReadAsync(s => s.ValueAsync<long>("SELECT failures FROM sign_in_failure WHERE bucket LIKE 'email:%'"))).ShouldBe(5);
        var right = await signIn.TryAsync(Email, Password, null, IPAddress.Parse("192.0.2.1"), default);
        right.Outcome.ShouldBe(SignInOutcome.Wait);
        right.Wait.ShouldBeInRange(TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Unknown_and_wrong_are_answered_alike_and_too_many_say_how_long()
    {
        using var camille = await SignedInAsync();
        using var stranger = Visit();
        var unknown = await SignInAsync(stranger, "personne@agence.example", "n’importe quoi du tout");
        var wrong = await SignInAsync(stranger, Email, "n’importe quoi du tout");
        (wrong.Status, wrong.Alert).ShouldBe((unknown.Status, unknown.Alert));
        for (var n = 0; n < 4; n++)
            await SignInAsync(stranger, Email, "encore raté, dommage");
        var tooMany = await SignInAsync(stranger, Email, Password);
        (tooMany.Status, tooMany.RetryAfter).ShouldBe((HttpStatusCode.TooManyRequests, "30"));
        tooMany.Alert.ShouldContain("Trop de tentatives");
        tooMany.Html.ShouldNotContain(Password);
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused()
    {
        using var camille = await SignedInAsync();
        var answer = await camille.PostForeignAsync("/language", ("to", "en"));
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain("Rien n’a été fait");
        (await camille.GetAsync("/")).Heading.ShouldBe("Aujourd’hui");
    }
}

public sealed class People_sign_in_on_SQLite() : People_sign_in(Dialect.Sqlite);

public sealed class People_sign_in_on_PostgreSQL() : People_sign_in(Dialect.Postgres);
