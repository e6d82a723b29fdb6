namespace Relance.Operations;

/// <summary>How a check ended.</summary>
public enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,
    /// <summary>Works, but is probably not meant.</summary>
    Warning,
    /// <summary>Something will not work until it is mended.</summary>
    Fault,
}

/// <summary>One result of <c>relance doctor</c>: what was looked at, what was found, how to mend it. Never a secret.</summary>
public sealed record Finding(string Check, FindingLevel Level, string Message, string? Mend = null)
{
    /// <summary>All is well.</summary>
    public static Finding Ok(string check, string message) => new(check, FindingLevel.Ok, message);

    /// <summary>Worth a look.</summary>
    public static Finding Warning(string check, string message, string mend) => new(check, FindingLevel.Warning, message, mend);

    /// <summary>Must be mended.</summary>
    public static Finding Fault(string check, string message, string mend) => new(check, FindingLevel.Fault, message, mend);
}
