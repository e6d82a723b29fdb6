using Relance.Operations.Backup;

namespace Relance.Operations;

/// <summary>Reads the settings of running the service: backups, alarms, retention, telemetry.</summary>
internal static class OperationsSettings
{
    public static BackupSettings Backup(SettingsReader read)
    {
        var passphrase = read.Secret("Backup:Passphrase");
        if (passphrase?.Length < KeyCover.ShortestPassphrase)
            read.Fault("Backup:Passphrase", $"at least {KeyCover.ShortestPassphrase} characters");
        return new() { Passphrase = passphrase };
    }
}
