using Relance.Dashboard;
using Relance.Operations;
using Relance.Storage;
using Relance.Tests.Api;
using Relance.Tests.FakeShops;

namespace Relance.Tests.Dashboard;

/// <summary>The whole service over HTTP, with a real clock that stands, and visitors of its pages.</summary>
public abstract class PagesTests(Dialect dialect, params string[] settings) : IAsyncLifetime
{
    protected const string Email = "camille@agence.example";
    protected const string Password = "quatre mots sans rapport";

    private protected ApiHost Host { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Host = await ApiHost.StartAsync(dialect, new Clocks(TimeProvider.System, new StoppedClock(TimeProvider.System.GetUtcNow())), map: null, settings);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    /// <summary>A browser that nobody used before, at this address of the loopback network.</summary>
    private protected Visitor Visit(string from = "127.0.0.1") => new(Host.Address, from);

    private protected async Task<string> FirstLinkAsync() => (await Host.Service<Accounts>().FirstLinkAsync()).ShouldNotBeNull().Url.AbsolutePath;

    private protected async Task<Visitor> SignedInAsync()
    {
        var visitor = Visit();
        (await SetUpAsync(visitor, await FirstLinkAsync())).Location.ShouldBe("/");
        return visitor;
    }

    private protected static async Task<VisitorAnswer> SetUpAsync(Visitor visitor, string link, string password = Password)
    {
        await visitor.GetAsync(link);
        return await visitor.PostAsync(link, ("name", "Camille Roux"), ("email", Email), ("password", password));
    }

    private protected static async Task<VisitorAnswer> SignInAsync(Visitor visitor, string email, string password)
    {
        await visitor.GetAsync("/login");
        return await visitor.PostAsync("/login", ("email", email), ("password", password));
    }
}
