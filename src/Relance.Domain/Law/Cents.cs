namespace Relance.Domain.Law;

/// <summary>Amounts are rounded once, at the end, half up, to the cent (legal-fr B2).</summary>
internal static class Cents
{
    public static decimal Round(decimal euros) => Math.Round(euros, 2, MidpointRounding.AwayFromZero);
}
