using System.Globalization;
using System.Text.RegularExpressions;

namespace Relance.Channels.Email.Mime;

/// <summary>
/// An e-mail address as it travels (RFC 5321 §4.1.2): ASCII only, an international domain in punycode (RFC 5891).
/// </summary>
internal sealed partial record AddrSpec
{
    private AddrSpec(string value) => Value = value;

    public string Value { get; }

    /// <summary>Checks an address and brings it to its wire form.</summary>
    /// <param name="field">Named in the error, e.g. <c>To</c>.</param>
    /// <param name="address">As people write it: <c>zoé@exemple.fr</c> is refused, <c>zoe@éxemple.fr</c> is not.</param>
    /// <exception cref="FormatException">Names the field and what was expected.</exception>
    public static AddrSpec Parse(string field, string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 1 || at == address.Length - 1)
            throw new FormatException($"{field}: expected an address like name@example.org, got « {Shown(address)} ».");
        var value = $"{Local(field, address[..at])}@{Domain(field, address[(at + 1)..])}";
        return value.Length <= 254 ? new(value) : throw new FormatException($"{field}: expected an address of at most 254 characters, got {value.Length}.");
    }

    private static string Local(string field, string local)
    {
        if (local.Length > 64)
            throw new FormatException($"{field}: expected at most 64 characters before the @, got {local.Length}.");
        if (local.Any(c => c > '\x7f'))
            throw new FormatException($"{field}: expected only ASCII letters before the @ (other servers refuse the rest), got « {Shown(local)} ».");
        if (!Allowed().IsMatch(local))
            throw new FormatException($"{field}: expected letters, digits and !#$%&'*+/=?^_`{{|}}~.- before the @, got « {Shown(local)} ».");
        // « jean..dupont@ » and « jean.@ » exist and reach people; a dot in the wrong place only needs quotes (RFC 5321 §4.1.2).
        return local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal) ? $"\"{local}\"" : local;
    }

    private static string Domain(string field, string domain)
    {
        try
        {
            var ascii = new IdnMapping().GetAscii(domain).ToLowerInvariant();
            if (HostName().IsMatch(ascii))
                return ascii;
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"{field}: expected a domain name after the @, got « {Shown(domain)} ».", e);
        }
        throw new FormatException($"{field}: expected a domain name after the @, got « {Shown(domain)} ».");
    }

    /// <summary>An error message is shown on one line.</summary>
    private static string Shown(string value) => string.Concat(value.Take(80).Select(c => char.IsControl(c) ? '\uFFFD' : c));

    public override string ToString() => Value;

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+\z", RegexOptions.None, 1000)]
    private static partial Regex Allowed();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HostName();
}
