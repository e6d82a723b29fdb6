using System.Text;

namespace Relance.Templates;

/// <summary>Plain text in blocks: paragraphs wrapped at 76 columns, addresses never broken, boxes drawn with a bar.</summary>
internal sealed class TextBlocks
{
    private const int Width = 76;
    private static readonly char[] Breaking = [' ', '\n', '\t', '\r'];

    private readonly List<string> _lines = [];
    private readonly StringBuilder _line = new();
    private string _prefix = "";
    private string _mark = "";
    private int _boxStart;

    public void Write(string text)
    {
        var start = text.Length > 0 && Breaking.Contains(text[0]) && _line.Length > 0 && _line[^1] != ' ';
        var words = string.Join(' ', text.Split(Breaking, StringSplitOptions.RemoveEmptyEntries));
        if (start)
            _line.Append(' ');
        _line.Append(words);
        if (words.Length > 0 && Breaking.Contains(text[^1]))
            _line.Append(' ');
    }

    public void EndLine()
    {
        var text = _line.ToString().Trim(Breaking);
        _line.Clear();
        while (text.Length > 0)
        {
            var cut = Cut(text, Width - _prefix.Length);
            Verbatim(text[..cut]);
            text = text[cut..].TrimStart(Breaking);
        }
    }

    /// <summary>Leaves one empty line, unless at the start of the text or of a box.</summary>
    public void EndBlock()
    {
        EndLine();
        if (_lines.Count > _boxStart && _lines[^1] != _prefix.TrimEnd())
            _lines.Add(_prefix.TrimEnd());
    }

    /// <summary>A line that is never wrapped. The mark of a list item appears once; further lines hang under its text.</summary>
    public void Verbatim(string text)
    {
        if (_line.Length > 0)
            EndLine();
        _lines.Add(_prefix + text);
        _prefix = _prefix[..^_mark.Length] + new string(' ', _mark.Length);
    }

    public void Rule()
    {
        EndBlock();
        Verbatim(new string('-', Width - _prefix.Length));
        EndBlock();
    }

    public void Heading(string text, int level)
    {
        EndBlock();
        var first = _lines.Count;
        Write(text);
        EndLine();
        if (_lines.Count > first && level < 3)
            Verbatim(new string(level == 1 ? '=' : '-', Math.Min(Width, _lines.Skip(first).Max(l => l.Length)) - _prefix.Length));
        EndBlock();
    }

    public void Item(string mark, Action content)
    {
        var outer = (_prefix, _mark);
        (_prefix, _mark) = (_prefix + mark, mark);
        content();
        EndLine();
        (_prefix, _mark) = outer;
    }

    public void Box(Action content)
    {
        EndBlock();
        var outer = (_prefix, _boxStart);
        (_prefix, _boxStart) = (_prefix + "| ", _lines.Count);
        content();
        EndLine();
        while (_lines.Count > _boxStart && _lines[^1] == _prefix.TrimEnd())
            _lines.RemoveAt(_lines.Count - 1);
        (_prefix, _boxStart) = outer;
        EndBlock();
    }

    /// <summary>Words in a frame of their own, all round.</summary>
    public void Frame(string words)
    {
        EndBlock();
        var first = _lines.Count;
        var outer = _prefix;
        _prefix += "| ";
        Write(words);
        EndLine();
        _prefix = outer;
        var width = _lines.Skip(first).Max(line => line.Length);
        for (var i = first; i < _lines.Count; i++)
            _lines[i] = _lines[i].PadRight(width) + " |";
        var edge = outer + "+" + new string('-', width - outer.Length) + "+";
        _lines.Insert(first, edge);
        _lines.Add(edge);
        EndBlock();
    }

    public override string ToString()
    {
        EndLine();
        return string.Join('\n', _lines.Select(l => l.TrimEnd(' '))).Trim('\n') + "\n";
    }

    // Never inside a word: an address longer than the line stays whole.
    private static int Cut(string text, int room)
    {
        if (text.Length <= room)
            return text.Length;
        var space = text.LastIndexOf(' ', room);
        if (space <= 0)
            space = text.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 ? space : text.Length;
    }
}
