using Relance.Demo.Mail;

namespace Relance.Tests.Stories;

/// <summary>Tells the messages apart as a reader does, by the subject: a test that asked our tables would believe what it checks.</summary>
internal static class MailKind
{
    /// <summary>Confirmations answer an act of the client; they may follow a payment.</summary>
    public static readonly string[] Confirmations = ["renewed", "reactivated"];

    private static readonly (string Words, string Kind)[] s_kinds =
    [
        ("Renouvellement de votre maintenance", "notice"), ("arrive à échéance le", "attention"), (" prend fin ", "last-day"),
        ("maintenance assurée jusqu'au", "lapsed"), ("maintenance suspendue à compter du", "suspension"), ("Reprendre votre maintenance", "reactivation"),
        ("reprise avec audit offert", "reactivation-2"), ("Clôture de votre contrat", "ended"), (" a repris", "reactivated"), (" est renouvelée ", "renewed"),
    ];

    /// <summary>Every kind.</summary>
    public static IEnumerable<string> All => s_kinds.Select(kind => kind.Kind);

    public static string Of(CaughtMail mail) =>
        s_kinds.Where(kind => Plain(mail.Subject).Contains(kind.Words, StringComparison.Ordinal)).Select(kind => kind.Kind).ToList() is [var only]
            ? only
            : throw new InvalidOperationException($"Not one kind of message: {mail.Subject}");

    public static bool IsReminder(CaughtMail mail) => !Confirmations.Contains(Of(mail));

    private static string Plain(string subject) => subject.Replace('\u00A0', ' ').Replace('\u202F', ' ').Replace('’', '\'');
}
