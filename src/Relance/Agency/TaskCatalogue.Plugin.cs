using O = Relance.Agency.TaskOutcomes;

namespace Relance.Agency;

internal static partial class TaskCatalogue
{
    private static TaskKind[] OfPlugin() =>
    [
        new("plugin-paid", 1, [O.Paid, O.GoesOn],
            ("Payé selon la boutique", "L’extension compte la période comme payée par une commande introuvable. Vérifiez le paiement, puis répondez. Les relances attendent."),
            ("Paid, says the shop", "The plugin counts the term as paid by an order that is not to be found. Look for the payment, then answer. Reminders wait.")),
        new("refusal-read-late", 0, [O.Done],
            ("Refus lu après la reconduction", "Le client avait refusé à temps dans son compte, et Relance ne l’a lu qu’après. Le contrat est clos : annulez la commande de la nouvelle période et écrivez au client qu’il ne doit rien pour elle."),
            ("Refusal read after the renewal", "The client had refused in time in their account, and Relance read it only after. The contract is closed: cancel the order of the new term and write to the client that nothing is owed for it.")),
        new("plugin-reopened", 1, [O.Done],
            ("Rouvert dans la boutique seulement", "La boutique dit que ce contrat continue ; ici il est clos et ne peut pas être rouvert. Convenez avec le client d’un nouveau contrat, ou refermez-le dans la boutique."),
            ("Reopened in the shop only", "The shop says that this contract goes on; here it is closed and cannot be reopened. Agree with the client on a new one, or close it in the shop.")),
        new("plugin-gone", 1, [O.Done],
            ("L’extension ne répond plus", "Elle était dans la boutique et n’y est plus : refus et contrats nouveaux n’arrivent plus. Réactivez-la ; Relance la retrouve d’elle-même. Si elle a été retirée exprès, rien d’autre à faire."),
            ("The plugin does not answer any more", "It was in the shop and is not any more: refusals and new contracts do not arrive. Activate it again, and Relance finds it by itself. If it was removed on purpose, nothing else is to be done.")),
        new("unlinked", 0, [O.Done],
            ("Boutique déliée", "Quelqu’un l’a déliée depuis son administration : plus rien ne part pour elle, informations légales comprises. Prévenez vous-même les clients dont une échéance approche, ou reliez-la (« relance shop invite »), puis remettez-la en service."),
            ("Shop unlinked", "Somebody unlinked it in its administration: nothing leaves for it any more, legal notices included. Tell the clients whose dates come near yourself, or link it again ('relance shop invite') and put it back live.")),
    ];
}
