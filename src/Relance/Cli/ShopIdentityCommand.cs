using System.CommandLine;
using System.Text.Json;
using Relance.Agency;
using Relance.Operations;
using Relance.Shops;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance shop identity</c>: who writes to the clients of a shop.</summary>
internal static class ShopIdentityCommand
{
    private static readonly (Option<string> Option, Func<SenderSettings, string, SenderSettings> Set)[] s_fields =
    [
        (Field("--trade-name", "Trade name"), (s, v) => s with { TradeName = v }),
        (Field("--legal-form", "Legal form and capital"), (s, v) => s with { LegalForm = v }),
        (Field("--siren", "SIREN, nine digits"), (s, v) => s with { Siren = v }),
        (Field("--address", "Postal address"), (s, v) => s with { Address = v }),
        (Field("--phone", "Telephone"), (s, v) => s with { Phone = v }),
        (Field("--email", "Address of the agency"), (s, v) => s with { Email = v }),
        (Field("--from", "Address that mails come from"), (s, v) => s with { From = v }),
        (Field("--reply-to", "Address that answers reach"), (s, v) => s with { ReplyTo = v }),
        (Field("--iban", "IBAN"), (s, v) => s with { Iban = v }),
        (Field("--bic", "BIC"), (s, v) => s with { Bic = v }),
        (Field("--website", "Site of the agency"), (s, v) => s with { Website = v }),
        (Field("--mediator", "Consumer mediator: name, address or site"), (s, v) => s with { Mediator = v }),
    ];

    private static readonly Option<string> s_file = new("--file") { Description = "JSON file with tradeName, legalForm, siren, address, phone, email, from, replyTo, iban, bic, website, mediator" };
    private static readonly Option<string> s_logo = new("--logo") { Description = "PNG or JPEG of at most 64 KiB; none takes it away" };
    private static readonly Option<bool> s_show = new("--show") { Description = "Only show it (as without any other option)" };

    public static void AddTo(Command shop, Argument<string> id)
    {
        var command = new Command("identity", "Show or set who writes to the clients of a shop") { id, s_file, s_logo, s_show };
        foreach (var (option, _) in s_fields)
            command.Options.Add(option);
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var identities = services.GetRequiredService<SenderIdentities>();
            if (!parsed.GetValue(s_show))
                await SetAsync(parsed, identities, parsed.GetRequiredValue(id), ct);
            Print(output, await identities.GetAsync(parsed.GetRequiredValue(id), ct));
            return ExitCode.Done;
        }, ct));
        shop.Subcommands.Add(command);
    }

    private static async Task SetAsync(ParseResult parsed, SenderIdentities identities, string shop, CancellationToken ct)
    {
        var given = s_fields.Where(field => parsed.GetValue(field.Option) is not null).ToList();
        var file = parsed.GetValue(s_file);
        if (file is not null || given.Count > 0)
        {
            var start = file is null ? (await identities.GetAsync(shop, ct)).Identity : await ReadAsync(file, ct);
            await identities.SetAsync(shop, given.Aggregate(start, (sender, field) => field.Set(sender, parsed.GetValue(field.Option)!)), Actor.CommandLine, ct);
        }

        if (parsed.GetValue(s_logo) is { } logo)
            await identities.SetLogoAsync(shop, logo == "none" ? null : await File.ReadAllBytesAsync(Existing("--logo", logo), ct), Actor.CommandLine, ct);
    }

    private static async Task<SenderSettings> ReadAsync(string file, CancellationToken ct)
    {
        try
        {
            await using var stream = File.OpenRead(Existing("--file", file));
            return await JsonSerializer.DeserializeAsync<SenderSettings>(stream, ShopSender.Json, ct) ?? throw new UsageException("--file: expected a JSON object, got null.");
        }
        catch (JsonException broken)
        {
            throw new UsageException($"--file: expected a JSON object with the fields of an identity; at {broken.Path}, line {broken.LineNumber + 1}: {broken.Message}");
        }
    }

    private static string Existing(string option, string file) => File.Exists(file) ? file : throw new UsageException($"{option}: expected a file that exists, got '{file}'.");

    private static void Print(Output output, ShopSender sender) => output.Write(
        new { identity = sender.Identity, own = sender.IsOwn, logo = sender.Logo is { } logo ? new { logo.MediaType, logo.Width, logo.Height } : null, missing = sender.Missing },
        console =>
        {
            console.WriteLine(sender.IsOwn ? "The shop's own identity:" : "The identity of the settings (Relance:Sender); the shop has none of its own:");
            foreach (var (name, value) in JsonSerializer.SerializeToElement(sender.Identity, ShopSender.Json).EnumerateObject().Select(p => (p.Name, p.Value.GetString())))
                console.WriteLine($"  {name}: {value}");
            console.WriteLine($"  logo: {(sender.Logo is { } logo ? $"{logo.MediaType}, {logo.Width} × {logo.Height}" : "none")}");
            foreach (var missing in sender.Missing)
                console.WriteLine($"Missing before going live: {missing.Field}: {missing.Expected}.");
        });

    private static Option<string> Field(string name, string description) => new(name) { Description = description };
}
