using Relance.Bounces.Reading;

namespace Relance.Bounces;

/// <summary>Kinds and verdicts as they are stored and shown.</summary>
internal static class Codes
{
    public static string Code(this InboundKind kind) => kind == InboundKind.AutoReply ? "auto-reply" : kind.ToString().ToLowerInvariant();

    public static string Code(this Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
