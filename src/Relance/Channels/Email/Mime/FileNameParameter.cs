using System.Text;

namespace Relance.Channels.Email.Mime;

/// <summary>RFC 2231: a file name of any script and length as one or several parameters.</summary>
internal static class FileNameParameter
{
    private const int Room = 55;

    public static IEnumerable<string> Write(string fileName)
    {
        var name = HeaderText.Of("file name", fileName).Value;
        if (name.Length <= Room && name.All(c => char.IsAsciiLetterOrDigit(c) || "-_. ".Contains(c, StringComparison.Ordinal)))
            return [$"filename=\"{name}\""];
        var parts = Parts(name).ToList();
        return parts.Count == 1
            ? [$"filename*=utf-8''{parts[0]}"]
            : parts.Select((part, index) => $"filename*{index}*={(index == 0 ? "utf-8''" : "")}{part}{(index < parts.Count - 1 ? ";" : "")}");
    }

    private static IEnumerable<string> Parts(string name)
    {
        var part = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            var word = rune.IsAscii && (Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' or '.')
                ? rune.ToString()
                : string.Concat(Encoding.UTF8.GetBytes(rune.ToString()).Select(b => "%" + Hex.Of(b)));
            if (part.Length + word.Length > Room)
            {
                yield return part.ToString();
                part.Clear();
            }
            part.Append(word);
        }
        yield return part.ToString();
    }
}
