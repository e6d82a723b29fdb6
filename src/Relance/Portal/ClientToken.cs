using System.Globalization;

namespace Relance.Portal;

/// <summary>What a client's link is for. It is for nothing else.</summary>
public enum ClientPurpose
{
    /// <summary>Refuse the renewal of the running term; too late for that, the end that the law gives all the same (C. consom. L215-1).</summary>
    Refuse,

    /// <summary>« Résilier votre contrat » (C. consom. L215-1-1), and the end at any time where no lawful notice was given (L215-1).</summary>
    Terminate,
}

/// <summary>What a link says once it is read: one contract, one purpose, until a day.</summary>
/// <param name="ContractId">The contract, and no other.</param>
/// <param name="Purpose">The purpose, and no other.</param>
/// <param name="TermNo">The term that ran when the link was made.</param>
/// <param name="LastDay">The last local day on which it opens the page.</param>
public sealed record ClientToken(string ContractId, ClientPurpose Purpose, int TermNo, DateOnly LastDay)
{
    private const string Refuse = "r", Terminate = "t";

    /// <summary>The text that is sealed.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{(Purpose == ClientPurpose.Refuse ? Refuse : Terminate)}.{ContractId}.{TermNo}.{LastDay.DayNumber}");

    /// <summary>Reads what was sealed.</summary>
    public static ClientToken? Parse(string text) => text.Split('.') is [Refuse or Terminate, { Length: > 0 } id, var term, var day]
        && int.TryParse(term, NumberStyles.None, CultureInfo.InvariantCulture, out var termNo)
        && int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= DateOnly.MaxValue.DayNumber
            ? new ClientToken(id, text[0] == Refuse[0] ? ClientPurpose.Refuse : ClientPurpose.Terminate, termNo, DateOnly.FromDayNumber(number))
            : null;
}
