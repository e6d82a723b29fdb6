namespace Relance.Agency;

/// <summary>Who asked for something; goes into the journal, so it names no secret.</summary>
/// <param name="Kind">One of the kinds below.</param>
/// <param name="Name">The account on this machine, the name of the access key, or the name of the person.</param>
public sealed record Actor(string Kind, string Name)
{
    /// <summary>The kind of whoever types commands on this machine.</summary>
    public const string OfCommandLine = "command-line";

    /// <summary>The kind of an access key of the API.</summary>
    public const string OfKey = "key";

    /// <summary>The kind of somebody logged in to the pages.</summary>
    public const string OfPerson = "person";

    /// <summary>The kind of a client on their own page.</summary>
    public const string OfClient = "client";

    /// <summary>The kind of whoever acts in the shop's administration, by the shop's host, with their login there where it is told: <c>marie@boutique.example</c>.</summary>
    public const string OfShop = "shop";

    /// <summary>The kind of whoever acts through the plugin's boxes, by the shop's host.</summary>
    public const string OfPlugin = "plugin";

    /// <summary>Whoever runs a command, by the name of the account.</summary>
    public static Actor CommandLine { get; } = new(OfCommandLine, Environment.UserName);

    /// <inheritdoc />
    public override string ToString() => $"{Kind}:{Name}";
}
