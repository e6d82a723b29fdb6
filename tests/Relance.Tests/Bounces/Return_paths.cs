using System.Text;
using Microsoft.Extensions.Configuration;
using Relance.Bounces;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Tests.Bounces;

public class Return_paths
{
    private static readonly byte[] s_key = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef");

    [Fact]
    public void A_token_leads_back_to_its_message_whatever_case_it_comes_back_in()
    {
        for (var i = 0; i < 200; i++)
        {
            var id = Values.NewId();
            var token = ReturnPathToken.Write(id, s_key);
            token.Length.ShouldBe(ReturnPathToken.Length);
            ReturnPathToken.Find($"To: <bounces+{token}@agence.example>", s_key).ShouldBe(id);
            ReturnPathToken.Find($"b-{token.ToUpperInvariant()}@bounces.agence.example", s_key).ShouldBe(id);
        }
    }

    [Fact]
    public void Changing_one_letter_of_a_token_or_the_key_leads_nowhere()
    {
        var token = ReturnPathToken.Write(Values.NewId(), s_key);
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token[..i] + (token[i] == 'b' ? 'c' : 'b') + token[(i + 1)..];
            ReturnPathToken.Find($"bounces+{changed}@agence.example", s_key).ShouldBeNull();
        }

        ReturnPathToken.Find($"bounces+{token}@agence.example", [.. s_key.Reverse()]).ShouldBeNull();
        ReturnPathToken.Find($"bounces+x{token}@agence.example", s_key).ShouldBeNull();
    }

    [Theory]
    [InlineData("bounces@agence.example", "bounces+{token}@agence.example")]
    [InlineData("b-{token}@bounces.agence.example", "b-{token}@bounces.agence.example")]
    [InlineData("{token}@bounces.agence.example", "{token}@bounces.agence.example")]
    [InlineData("retours-agence-exemple-b@agence.example", "retours-agence-exemple-b+{token}@agence.example")]
    public void A_return_path_is_an_address_or_a_pattern(string setting, string pattern) => Load(setting).Bounces.ReturnPath.ShouldBe(pattern);

    [Theory]
    [InlineData("bounces")]
    [InlineData("b{token}@agence.example")]
    [InlineData("{token}{token}@agence.example")]
    [InlineData("bounces@{token}.example")]
    [InlineData("b-{token}x@agence.example")]
    [InlineData("retours-de-messages-agence@agence.example")]
    public void A_return_path_that_cannot_be_one_is_refused(string setting) =>
        Should.Throw<SettingsException>(() => Load(setting)).Faults.ShouldHaveSingleItem().ShouldStartWith("Relance:Bounces:ReturnPath: expected an address such as");

    private static RelanceSettings Load(string returnPath) => SettingsLoader.Load(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Relance:Bounces:ReturnPath", returnPath)]).Build());
}
