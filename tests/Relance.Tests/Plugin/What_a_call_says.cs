using System.Text;
using Relance.Agency;
using Relance.Plugin;

namespace Relance.Tests.Plugin;

public sealed class What_a_call_says
{
    [Fact]
    public void A_text_that_cannot_be_read_is_refused_by_its_name() =>
        Should.Throw<RefusedException>(() => Body("""{"nonce":"\ud800"}""").Optional("nonce")).Field.ShouldBe("nonce");

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"nonce":null}""")]
    [InlineData("""{"nonce":""}""")]
    [InlineData("""{"nonce":7}""")]
    public void What_may_be_missing_is_nothing_where_it_says_nothing(string body) => Body(body).Optional("nonce").ShouldBeNull();

    [Fact]
    public void A_text_that_is_too_long_is_refused_although_it_may_be_missing() =>
        Should.Throw<RefusedException>(() => Body("""{"nonce":"abc"}""").Optional("nonce", 2)).Field.ShouldBe("nonce");

    private static PluginBody Body(string json) => PluginBody.Parse(Encoding.UTF8.GetBytes(json));
}
