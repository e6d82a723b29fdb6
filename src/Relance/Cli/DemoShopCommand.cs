using System.CommandLine;
using Relance.Demo.Shop;
using Relance.Operations;

namespace Relance.Cli;

/// <summary><c>relance demo-shop</c>, hidden: the fake shop as a process of its own, for tests.</summary>
internal static class DemoShopCommand
{
    public static void AddTo(RootCommand root)
    {
        var port = new Option<int>("--port") { Description = "TCP port on 127.0.0.1; 0 takes a free one" };
        var command = new Command("demo-shop", "Run a fake WooCommerce shop") { port };
        command.Hidden = true;
        command.SetAction((parsed, ct) =>
        {
            var clocks = CommonOptions.Clocks(parsed);
            var options = new ShopOptions { Port = parsed.GetValue(port), Start = clocks.Business is MovedClock ? clocks.Now : null, Speed = CommonOptions.SpeedOf(parsed) };
            return FakeShopProcess.RunAsync(options, parsed.InvocationConfiguration.Output, ct);
        });
        root.Subcommands.Add(command);
    }
}
