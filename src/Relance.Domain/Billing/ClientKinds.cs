namespace Relance.Domain.Billing;

/// <summary>The kinds of client as command line, API and files write them.</summary>
public static class ClientKinds
{
    private static readonly Dictionary<string, ClientKind> s_kinds = new(StringComparer.Ordinal)
    {
        ["consumer"] = ClientKind.Consumer,
        ["business"] = ClientKind.Business,
        ["non-professional"] = ClientKind.NonProfessional,
        ["public"] = ClientKind.PublicBody,
        ["unknown"] = ClientKind.Unknown,
    };

    /// <summary>Every code.</summary>
    public static IReadOnlyCollection<string> Codes => s_kinds.Keys;

    /// <summary>The code of a kind.</summary>
    public static string Code(this ClientKind kind) => s_kinds.First(pair => pair.Value == kind).Key;

    /// <summary>Reads a code.</summary>
    public static bool TryParse(string? text, out ClientKind kind) => s_kinds.TryGetValue(text ?? "", out kind);
}
