using System.Diagnostics;
using Relance.Shops;

namespace Relance.Tests.WireMock;

[Collection("stub")]
public sealed class A_stub_makes_trouble(StubShop stub) : IAsyncLifetime
{
    private readonly ShopFactory _patient = new();
    private readonly ShopFactory _hasty = new(limits: new() { Try = TimeSpan.FromSeconds(2), Retries = 0 });

    public Task InitializeAsync() => stub.FreshAsync();

    public Task DisposeAsync()
    {
        _patient.Dispose();
        _hasty.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_busy_shop_is_left_alone_as_long_as_it_asks()
    {
        await stub.TroubleAsync("busy");
        (await stub.Client(_patient).OrdersAsync([1501], default)).Count.ShouldBe(1);
        var asked = await stub.AskedAsync("GET", "orders");
        asked.Count.ShouldBe(2);
        (StubShop.At(asked[1]) - StubShop.At(asked[0])).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public async Task A_shop_that_fails_once_is_asked_again()
    {
        await stub.TroubleAsync("fatal");
        (await stub.Client(_patient).OrdersAsync([1501], default)).Count.ShouldBe(1);
        (await stub.AskedAsync("GET", "orders")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_slow_shop_is_given_up_on_and_named()
    {
        await stub.TroubleAsync("slow");
        var waited = Stopwatch.StartNew();
        var failure = await Should.ThrowAsync<ShopException>(() => stub.Client(_hasty).OrdersAsync([1501], default));
        waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        (failure.Fault, failure.Message.Contains("no answer in time", StringComparison.Ordinal)).ShouldBe((ShopFault.Unreachable, true), failure.Message);
    }

    [Fact]
    public async Task A_body_that_is_cut_is_reported_and_is_not_an_empty_list()
    {
        await stub.TroubleAsync("malformed");
        var failure = await Should.ThrowAsync<ShopException>(() => stub.Client(_patient).OrdersAsync([1501], default));
        (failure.Fault, failure.Message.Contains("compl", StringComparison.Ordinal)).ShouldBe((ShopFault.Unreadable, true), failure.Message);
    }

    [Fact]
    public async Task A_warning_in_front_of_the_answer_is_noticed_and_read_past()
    {
        await stub.TroubleAsync("warning");
        var client = stub.Client(_patient);
        (await client.OrdersAsync([1501], default)).ShouldBeEmpty();
        client.Warning.ShouldNotBeNull().ShouldContain("Undefined variable $order");
    }

    [Fact]
    public async Task A_shop_in_maintenance_says_when_to_come_back()
    {
        await stub.TroubleAsync("maintenance");
        var failure = await Should.ThrowAsync<ShopException>(() => stub.Client(_hasty).IdentityAsync(default));
        (failure.Fault, failure.RetryAfter).ShouldBe((ShopFault.Unreachable, TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public async Task A_key_that_the_shop_does_not_know_is_refused()
    {
        var failure = await Should.ThrowAsync<ShopException>(() => stub.Client(_hasty, "ck_refused").IdentityAsync(default));
        failure.Fault.ShouldBe(ShopFault.Refused);
    }
}
