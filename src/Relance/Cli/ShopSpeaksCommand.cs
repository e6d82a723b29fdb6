using System.CommandLine;
using Relance.Agency;
using Relance.Shops;

namespace Relance.Cli;

/// <summary><c>relance shop speaks</c>: who says what, where the shop has mails of its own.</summary>
internal static class ShopSpeaksCommand
{
    private static readonly Argument<string?> s_thing = new("thing") { Description = string.Join(", ", ShopMails.ByCode.Keys), Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string?> s_who = new("who") { Description = "relance, shop, or default: as the shop's own mails say", Arity = ArgumentArity.ZeroOrOne };

    public static void AddTo(Command shop, Argument<string> id)
    {
        var command = new Command("speaks", "Show or say who speaks: Relance, or the shop by its own mails") { id, s_thing, s_who };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var speakers = services.GetRequiredService<Speakers>();
            if (parsed.GetValue(s_thing) is { } thing)
                await speakers.SetAsync(parsed.GetRequiredValue(id), thing, Who(parsed.GetValue(s_who)), Actor.CommandLine, ct);
            output.Table(await speakers.GetAsync(parsed.GetRequiredValue(id), ct), "Nothing is said.",
                ("Thing", s => s.Thing), ("Speaks", s => s.Speaker.ToString().ToLowerInvariant()), ("Because", s => s.Chosen ? "you said so" : "of the shop's own mails"),
                ("The shop's own mails", s => string.Join(", ", s.OwnMails)));
            return ExitCode.Done;
        }, ct));
        shop.Subcommands.Add(command);
    }

    private static Speaker? Who(string? who) => who switch
    {
        "relance" => Speaker.Relance,
        "shop" => Speaker.Shop,
        "default" => null,
        _ => throw new UsageException("who: expected relance, shop or default."),
    };
}
