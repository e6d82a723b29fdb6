using Microsoft.Extensions.Configuration;
using Relance.Operations;

namespace Relance.Tests.BadInput;

/// <summary>Settings as somebody may write them.</summary>
internal static class SettingCases
{
    public static Family Family { get; } = new("Settings", "One setting, from a file, the environment or `--set`. A faulty one keeps the service from starting; the value is never repeated, it may be a secret.", () => Family.EachAsync(Cases.Select(c => ($"`{c.Split('=')[0]}` = `{c[(c.IndexOf('=', StringComparison.Ordinal) + 1)..]}`", c)), AnswerAsync));

    private static IEnumerable<string> Cases =>
    [
        "Smtp:Port=0", "Smtp:Port=65536", "Smtp:Port=smtp", "Smtp:Port=587.5", "Smtp:Port=0x24B", "Smtp:Security=ssl", "Smtp:Security=1", "Smtp:From=not an address", "Smtp:From=Agence <a@agence.example>",
        "Smtp:Host=mail host", "Smtp:Host=https://mail.example", "Smtp:TrustedRoot=no-such-file.pem", "Smtp:PoolSize=0", "Smtp:PoolSize=51", "Smtp:PerMinute=-1", "Smtp:Password=hunter2", "Smtp:User=agence",
        "Sender:TradeName=Agence\r\nBcc: x@y.example", "Sender:Siren=732829321", "Sender:Siren=73282932", "Sender:Siren=ABCDEFGHI", "Sender:Iban=FR7630006000011234567890188", "Sender:Iban=FR76", "Sender:Iban=0000",
        "Sender:Bic=AGRIFRP", "Sender:Bic=AGRI12PP", "Sender:Website=agence.example", "Sender:Website=javascript:alert(1)", "Sender:Email=a@b@c", "PublicUrl=ftp://agence.example", "PublicUrl=agence.example",
        "PublicUrl=https://user:pass@agence.example", "PublicUrl=https://agence.example/?x=1", "Urls=8080", "Urls=http://*:8080;ftp://x", "RedirectTo=nobody", "Calendar:Window=10:00-09:00", "Calendar:Window=9-10",
        "Calendar:Window=09:00", "Calendar:Window=25:00-26:00", "Calendar:Region=corse", "Calendar:TimeZone=Europe/Lutece", "Calendar:BusinessDaysOnly=oui", "SyncEvery=00:00:01", "SyncEvery=2.00:00:00", "SyncEvery=often",
        "DailyCeiling=0", "DailyCeiling=many", "MinimumGapDays=-1", "MinimumGapDays=31", "Maintenance:NoticeDays=20", "Maintenance:EndAfterDays=29", "Maintenance:Lapsed=maybe", "Products:0:Months=12",
        "Products:0:Notice=2", "Outbox:AttemptMinutes=15", "Outbox:MaxCheckAgeSeconds=121", "Outbox:BatchSize=0", "Database=relance", "Database=Host=h;Nonsense=1", "Bounces:ReturnPath=bounces", "Bounces:ReturnPath=b{token}@agence.example",
        "Bounces:ReturnPath=un-prefixe-beaucoup-trop-long@agence.example", "Bounces:InboundSecret=court", "Dns:Server=localhost", "Dns:Server=192.0.2.1:99999", "Mail:DkimSelector=clé", "Mail:DkimSelector=a..b", "Smpt:Host=mail.example", "Nothing=1",
    ];

    private static Task<string> AnswerAsync(string setting)
    {
        var at = setting.IndexOf('=', StringComparison.Ordinal);
        var value = setting[(at + 1)..];
        try
        {
            SettingsLoader.Load(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Relance:" + setting[..at], value)]).Build());
            return Task.FromResult("taken");
        }
        catch (SettingsException faults)
        {
            return Task.FromResult(string.Join(' ', faults.Faults));
        }
    }
}
