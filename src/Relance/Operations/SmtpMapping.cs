using Relance.Channels.Smtp;

namespace Relance.Operations;

/// <summary>Settings of the mail server as its client takes them.</summary>
internal static class SmtpMapping
{
    public static SmtpOptions ToOptions(this SmtpSettings settings) => new()
    {
        Host = settings.Host,
        Port = settings.Port,
        Security = settings.Security switch
        {
            SmtpSecurity.None => Channels.Smtp.SmtpSecurity.None,
            SmtpSecurity.Tls => Channels.Smtp.SmtpSecurity.Tls,
            _ => Channels.Smtp.SmtpSecurity.StartTls,
        },
        User = settings.User,
        Password = settings.Password,
        TrustedRoot = settings.TrustedRoot,
        PoolSize = settings.PoolSize,
        Limits = new SendLimits { PerMinute = settings.PerMinute, PerHour = settings.PerHour, PerDay = settings.PerDay },
    };
}
