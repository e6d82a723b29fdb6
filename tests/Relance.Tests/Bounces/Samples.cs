using System.Text;

namespace Relance.Tests.Bounces;

/// <summary>Mails as they come back, written for these tests after the shapes that mail systems use; <c>{token}</c> stands for a message.</summary>
internal static class Samples
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Bounces", "Samples");

    public static IReadOnlyList<string> Names => [.. Directory.GetFiles(Folder, "*.eml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static byte[] Bytes(string name, string token = "") => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Folder, name + ".eml"))).Replace("{token}", token, StringComparison.Ordinal));

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".eml"));
}
