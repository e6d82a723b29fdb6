namespace Relance.Agency;

/// <summary>The ways tasks end. Those that act are carried out by <see cref="AgencyReads"/>' writing side.</summary>
internal static class TaskOutcomes
{
    public const string Done = "done", Approved = "approved", Rejected = "rejected", Declined = "declined", GoesOn = "goes-on", Paid = "paid", NotPaid = "not-paid",
        Delivered = "delivered", SendAgain = "send-again", Corrected = "corrected", Called = "called", Refunded = "refunded", Closed = "closed", None = "none-of-these";

    private static readonly Dictionary<string, (string French, string English, bool Acts)> Labels = new()
    {
        [Done] = ("C’est fait", "Done", false),
        [Approved] = ("Approuver", "Approve", true),
        [Rejected] = ("Refuser", "Reject", true),
        [Declined] = ("Le client ne renouvelle pas", "The client declines", true),
        [GoesOn] = ("Le contrat continue", "The contract goes on", true),
        [Paid] = ("Le paiement est reçu", "The payment has arrived", true),
        [NotPaid] = ("Rien reçu", "Nothing arrived", false),
        [Delivered] = ("Le message est arrivé", "It was delivered", true),
        [SendAgain] = ("Il n’est pas arrivé : renvoyer", "It was not: send it again", true),
        [Corrected] = ("Corrigé", "Corrected", false),
        [Called] = ("Client appelé", "Client called", false),
        [Refunded] = ("Remboursé", "Refunded", false),
        [Closed] = ("Clore le contrat", "Close the contract", true),
        [None] = ("Aucun de ces contrats", "None of these contracts", true),
    };

    /// <summary>An outcome with its label.</summary>
    public static TaskOutcome Of(string code, bool french) => new(code, french ? Labels[code].French : Labels[code].English, Labels[code].Acts);
}
