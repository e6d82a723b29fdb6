namespace Relance.Operations;

/// <summary>The clients' own pages.</summary>
/// <param name="LinkDays">Days after the end of the running term until which the links in mails open.</param>
public sealed record PortalSettings(int LinkDays)
{
    /// <summary>The usual number of days.</summary>
    public const int UsualDays = 30;
}
