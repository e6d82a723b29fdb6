using O = Relance.Agency.TaskOutcomes;

namespace Relance.Agency;

internal static partial class TaskCatalogue
{
    private static IEnumerable<TaskKind> All() => [.. Messages(), .. Payments(), .. Contracts(), .. Legal(), .. Links(), .. OfPlugin()];

    private static TaskKind[] Messages() =>
    [
        new("approval", 0, [O.Approved, O.Rejected, O.Done],
            ("Message à approuver", "Relisez le message et la situation du client, puis approuvez ou refusez. Sans réponse avant la date limite, il ne part pas."),
            ("Message to approve", "Read the message and where the client stands, then approve or reject it. Without an answer by its last day it does not go.")),
        new("no-address", 1, [O.Corrected, O.Called],
            ("Client sans adresse", "Ce client n’a pas d’adresse e-mail : appelez-le pour le prévenir, et notez son adresse dans la boutique. Relance la reprend au prochain relevé."),
            ("Client without an address", "This client has no e-mail address: call to tell them, and put the address into the shop. Relance takes it over at the next pull.")),
        new("address-refused", 1, [O.Corrected, O.Called],
            ("Adresse refusée", "Le serveur du destinataire refuse cette adresse : appelez le client, demandez la bonne et corrigez-la dans la boutique. Les relances attendent."),
            ("Address refused", "The recipient's server refuses this address: call the client, ask for the right one and correct it in the shop. Reminders wait.")),
        new("refused-mail", 1, [O.Corrected, O.Called],
            ("Message refusé", "Le serveur a refusé ce message. Lisez sa réponse : adresse, contenu ou réputation. Prévenez le client autrement, l’étape ne sera pas renvoyée."),
            ("Message refused", "The server refused this message. Read its answer: address, content or reputation. Tell the client another way, the step is not sent again.")),
        new("outcome-unknown", 0, [O.Delivered, O.SendAgain],
            ("Envoi incertain", "La connexion s’est rompue après la remise : demandez au serveur de messagerie (journal, identifiant du message) s’il l’a accepté, puis dites-le. Rien n’est renvoyé sans vous."),
            ("Delivery uncertain", "The connection broke after the hand-over: ask the mail server (its log, the Message-ID) whether it took the message, then say so. Nothing is sent again without you.")),
        new("mail-server", 0, [O.Corrected],
            ("Serveur d’envoi mal réglé", "Le serveur refuse notre réglage (compte, mot de passe, TLS) : corrigez-le, puis lancez « relance doctor ». Les messages attendent."),
            ("Mail server set up wrongly", "The server refuses our set-up (account, password, TLS): mend it, then run 'relance doctor'. Messages wait.")),
        new("daily-ceiling", 1, [O.Done],
            ("Plafond du jour atteint", "Plus de relances que le plafond : vérifiez que c’est voulu. Le reste part le prochain jour ouvré, ce qui expire d’abord en premier."),
            ("Daily ceiling reached", "More reminders than the ceiling: check that it is meant. The rest goes on the next open day, what expires first in front.")),
    ];

    private static TaskKind[] Payments() =>
    [
        new("check-bank", 3, [O.Paid, O.NotPaid],
            ("Virement ou chèque annoncé", "Regardez le compte. Reçu : dites-le, le contrat est renouvelé et la commande passe à « terminée ». Rien après sept jours : les relances reprennent d’elles-mêmes."),
            ("Transfer or cheque announced", "Look at the account. Arrived: say so, the contract is renewed and the order completed. Nothing after seven days: reminders go on by themselves.")),
        new("needless-order", 5, [O.Done],
            ("Commande devenue inutile", "Le terme est payé par une autre commande : annulez dans la boutique celle qui reste ouverte, pour qu’elle ne soit pas payée aussi."),
            ("Order that is not needed any more", "Another order paid the term: cancel the open one in the shop, so that it is not paid as well.")),
        new("second-payment", 2, [O.Refunded, O.Done],
            ("Payé deux fois", "Ce terme est déjà payé : remboursez, ou convenez avec le client de le compter pour le terme suivant, puis notez ce qui a été convenu."),
            ("Paid twice", "This term is paid already: refund it, or agree with the client to count it for the next one, then note what was agreed.")),
        new("paid-after-end", 2, [O.Refunded, O.Done],
            ("Payé après la fin", "Le contrat est clos : remboursez, ou ouvrez un nouveau contrat avec le client."),
            ("Paid after the end", "The contract is closed: refund it, or open a new contract with the client.")),
        new("payment-undone", 1, [O.GoesOn, O.Closed],
            ("Paiement annulé", "La commande était payée et ne l’est plus (rejet, erreur) : appelez le client. Le contrat court jusqu’à votre décision."),
            ("Payment undone", "The order was paid and is not any more (rejected debit, mistake): call the client. The contract runs on until you decide.")),
        new("refunded", 3, [O.Done],
            ("Renouvellement remboursé", "Le remboursement est total, le contrat est clos : convenez avec le client de la suite (sauvegardes, accès, transfert)."),
            ("Renewal refunded", "The refund is full and the contract closed: agree with the client on what follows (backups, access, hand-over).")),
        new("price-changed", 1, [O.Approved, O.Done],
            ("Prix différent", "La commande ne vaut pas le prix du contrat (TVA, règle de la boutique) : corrigez la commande, ou approuvez le nouveau prix. Rien n’est demandé au client avant."),
            ("Another price", "The order does not come to the contract's price (VAT, a rule of the shop): correct the order, or approve the new price. Nothing is asked of the client before.")),
    ];

    private static TaskKind[] Contracts() =>
    [
        new("which-contract", 1, [O.None],
            ("Quel contrat ?", "Cet achat peut renouveler plusieurs contrats du client : demandez-lui lequel, puis choisissez. Les relances de ces contrats attendent."),
            ("Which contract?", "This purchase could renew several contracts of the client: ask which, then choose. The reminders of these contracts wait.")),
        new("declined?", 1, [O.Declined, O.GoesOn],
            ("Refus ou erreur ?", "La commande de renouvellement a été annulée dans la boutique : demandez au client s’il renonce. Les relances attendent votre réponse."),
            ("Declined, or a mistake?", "The renewal order was cancelled in the shop: ask the client whether they decline. Reminders wait for your answer.")),
        new("subscription-on-hold", 1, [O.Done],
            ("Abonnement suspendu dans la boutique", "Il est suspendu avant son dernier jour : réactivez-le ou mettez-y fin dans la boutique. Les relances attendent."),
            ("Subscription on hold in the shop", "It is on hold before its last day: reactivate or end it in the shop. Reminders wait.")),
        new("disputed", 2, [O.Done],
            ("Contestation", "Les relances sont arrêtées. Répondez par écrit au client sur chaque point ; une pénalité de retard n’est pas due sur une somme contestée à bon droit. Levez le signalement une fois d’accord."),
            ("Dispute", "Reminders have stopped. Answer the client in writing on each point; no late-payment penalty is owed on a sum disputed with good reason. Clear the flag once you agree.")),
        new("erased-client-returned", 2, [O.Done],
            ("Un client effacé a commandé", "Cette personne a demandé à être oubliée, puis a commandé de nouveau. Rien n’est conservé d’elle et rien ne lui est envoyé. Si elle redevient cliente, « relance client readmit » : la prochaine commande la décrit à nouveau. Sinon, effacez-la aussi dans la boutique."),
            ("An erased client has ordered", "This person asked to be forgotten, and has ordered again. Nothing is kept of them and nothing is sent to them. If they are a client again, run 'relance client readmit': the next order describes them anew. Otherwise erase them in the shop as well.")),
        new("insolvent", 2, [O.Done],
            ("Procédure collective", "Toute relance individuelle est arrêtée : le jugement d’ouverture interdit les poursuites (C. com., L622-21). Déclarez la créance antérieure au mandataire dans les deux mois de la publication au BODACC (L622-24, R622-24) et demandez à l’administrateur s’il poursuit le contrat (L622-13)."),
            ("Insolvency proceedings", "All individual dunning has stopped: the opening judgment forbids it (French commercial code, L622-21). Declare the earlier claim to the creditors' representative within two months of the publication in BODACC (L622-24, R622-24), and ask the administrator whether the contract continues (L622-13).")),
    ];

    private static TaskKind[] Links() =>
    [
        new("site-mismatch", 0, [O.Done],
            ("La boutique a changé d’adresse", "Copie de préproduction ou déménagement ? Rien n’est envoyé ni écrit pour elle tant que l’adresse diffère. Vérifiez, puis « relance shop check »."),
            ("The shop has another address", "A staging copy, or a move? Nothing is sent or written for it while the address differs. Look, then run 'relance shop check'.")),
        new("shop-copy", 0, [O.Done],
            ("Une copie de la boutique envoie des webhooks", "Une préproduction clonée garde les webhooks de la boutique et leur secret. Les siens sont conservés et ne sont pas appliqués ; la boutique elle-même reste lue. Dans la copie, supprimez les webhooks « Relance … » (WooCommerce > Réglages > Avancé > Webhooks). Si la boutique a déménagé, reliez-la."),
            ("A copy of the shop sends webhooks", "A cloned staging site keeps the shop's webhooks and their secret. Its own are kept and not applied; the shop itself is still read. In the copy, delete the webhooks 'Relance …' (WooCommerce > Settings > Advanced > Webhooks). If the shop has moved, link it again.")),
        new("clock-skew", 0, [O.Done],
            ("Horloges décalées", "Notre horloge et celle de la boutique diffèrent de plus d’une heure : réglez l’heure (NTP) de la machine en tort. Les relances attendent."),
            ("Clocks differ", "Our clock and the shop's differ by more than an hour: set the time (NTP) of the machine at fault. Reminders wait.")),
        new("post-back", 2, [O.Done],
            ("La boutique refuse une écriture", "Lisez sa réponse : commande supprimée, droits de la clé, extension. Reportez le statut à la main si besoin."),
            ("The shop refuses a write", "Read its answer: a deleted order, the key's rights, a plugin. Put the status by hand if needed.")),
        new("not-applied", 1, [O.Done],
            ("Réponse illisible de la boutique", "Le champ nommé n’est pas lisible : corrigez la commande ou l’abonnement dans la boutique. Ce qui en dépend attend."),
            ("Unreadable answer of the shop", "The field that is named cannot be read: correct the order or subscription in the shop. What depends on it waits.")),
    ];
}
