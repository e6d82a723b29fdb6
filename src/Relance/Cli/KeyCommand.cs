using System.CommandLine;
using System.Globalization;
using Relance.Api;

namespace Relance.Cli;

/// <summary><c>relance key make|list|revoke</c>: who may use the API.</summary>
internal static class KeyCommand
{
    private static readonly Option<string> s_name = new("--name") { Description = "What the key is for; it names its user in the journal", Required = true };
    private static readonly Option<KeyScope> s_scope = new("--scope") { Description = "read, act (includes read) or admin (includes both)", Required = true };
    private static readonly Option<int?> s_days = new("--days") { Description = "Days after which it stops working; never by default" };
    private static readonly Argument<string> s_id = new("id") { Description = "The key's id, from 'relance key list'" };

    public static void AddTo(RootCommand root) =>
        root.Subcommands.Add(new Command("key", "Access keys of the API") { Make(), List(), Revoke() });

    private static Command Make()
    {
        s_days.Validators.Add(result =>
        {
            if (result.GetValue(s_days) is not (null or (>= 1 and <= 3650)))
                result.AddError("--days: expected a whole number from 1 to 3650.");
        });
        var command = new Command("make", "Make a key; it is shown this once") { s_name, s_scope, s_days };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var clocks = services.GetRequiredService<Operations.Clocks>();
            var expires = parsed.GetValue(s_days) is { } days ? clocks.Real.AddDays(days) : (DateTimeOffset?)null;
            var made = await services.GetRequiredService<AccessKeys>().MakeAsync(parsed.GetRequiredValue(s_name), parsed.GetValue(s_scope), expires, ct);
            output.Say("Keep it now: it is stored as a hash and cannot be shown again.");
            output.Write(made, console => console.Profile.Out.Writer.WriteLine(made.Secret));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the keys, without the keys themselves");
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            output.Table(await services.GetRequiredService<AccessKeys>().ListAsync(ct), "There is no key yet: relance key make --help",
                ("Id", k => k.Id), ("Name", k => k.Name), ("Scope", k => k.Scope.ToString().ToLowerInvariant()), ("Made", k => Day(k.CreatedAt)),
                ("Expires", k => Day(k.ExpiresAt)), ("Last used", k => Day(k.UsedAt)), ("Revoked", k => Day(k.RevokedAt)));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command Revoke()
    {
        var command = new Command("revoke", "End a key, from the next request on") { s_id };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var key = await services.GetRequiredService<AccessKeys>().RevokeAsync(parsed.GetRequiredValue(s_id), ct);
            output.Write(key, console => console.Profile.Out.Writer.WriteLine($"{key.Name} ({key.Id}) is revoked."));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static string? Day(DateTimeOffset? instant) => instant?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
