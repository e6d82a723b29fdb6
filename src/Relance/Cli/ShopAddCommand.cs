using System.CommandLine;
using Relance.Shops;

namespace Relance.Cli;

/// <summary><c>relance shop add</c>. The secret may come from a file or from standard input, where no process list shows it.</summary>
internal static class ShopAddCommand
{
    private static readonly Option<string> s_url = new("--url") { Description = "Address of the shop's home page", Required = true };
    private static readonly Option<string> s_key = new("--key") { Description = "Consumer key (ck_…) with read and write rights", Required = true };
    private static readonly Option<string> s_secret = new("--secret") { Description = "Consumer secret (cs_…); better in a file" };
    private static readonly Option<string> s_secretFile = new("--secret-file") { Description = "File with the consumer secret; - is standard input (the default)" };
    private static readonly Option<bool> s_private = new("--allow-private-address") { Description = "The shop is on a private network" };
    private static readonly Option<bool> s_certificate = new("--allow-invalid-certificate") { Description = "Do not check the shop's certificate" };
    private static readonly Option<bool> s_test = new("--test") { Description = "A staging site or a stub: may be live, never becomes a real shop" };
    private static readonly Option<string> s_mode = new("--mode") { Description = "dry-run, redirect or live", DefaultValueFactory = _ => "dry-run" };

    public static void AddTo(Command shop)
    {
        var command = new Command("add", "Link a WooCommerce shop, in dry run") { s_url, s_key, s_secret, s_secretFile, s_private, s_certificate, s_test, s_mode };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var request = new LinkRequest(parsed.GetRequiredValue(s_url), parsed.GetRequiredValue(s_key), await SecretAsync(parsed, ct),
                parsed.GetValue(s_private), parsed.GetValue(s_certificate), parsed.GetValue(s_test), parsed.GetRequiredValue(s_mode));
            var linked = await services.GetRequiredService<ShopLinker>().AddAsync(request, ct);
            output.Say($"Linked {linked.Name} ({linked.Url}).");
            output.Document(new { id = linked.Id });
            return ExitCode.Done;
        }, ct));
        shop.Subcommands.Add(command);
    }

    private static async Task<string> SecretAsync(ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetValue(s_secret) is { } secret)
            return parsed.GetValue(s_secretFile) is null ? secret : throw new UsageException("--secret: expected either it or --secret-file.");
        var file = parsed.GetValue(s_secretFile) ?? "-";
        if (file == "-")
            return (await Console.In.ReadToEndAsync(ct)).Trim();
        if (!File.Exists(file))
            throw new UsageException($"--secret-file: expected a file that exists, got '{file}'.");
        return (await File.ReadAllTextAsync(file, ct)).Trim();
    }
}
