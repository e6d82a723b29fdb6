using Relance.Demo;
using Relance.Demo.Mail;

namespace Relance.Tests.Stories;

/// <summary>Tells the messages apart as a reader does, by the subject: a test that asked our tables would believe what it checks.</summary>
internal static class MailKind
{
    /// <summary>Confirmations answer an act of the client; they may follow a payment.</summary>
    public static readonly string[] Confirmations = ["renewed", "reactivated", "tacit-confirmation"];

    private static readonly (string Words, string Kind)[] s_kinds =
    [
        ("Renouvellement de votre maintenance", "notice"), ("arrive à échéance le", "attention"), (" prend fin ", "last-day"),
        ("maintenance assurée jusqu'au", "lapsed"), ("maintenance suspendue à compter du", "suspension"), ("Reprendre votre maintenance", "reactivation"),
        ("sera renouvelée automatiquement", "before-debit"), ("reprise avec audit offert", "reactivation-2"), ("Clôture de votre contrat", "ended"), (" a repris", "reactivated"), (" est renouvelée ", "renewed"), (" est reconduit jusqu'au", "tacit-confirmation"),
    ];

    /// <summary>Several contracts of one client in one mail; reminders only.</summary>
    public const string Grouped = "grouped";

    /// <summary>Every kind.</summary>
    public static IEnumerable<string> All => [.. s_kinds.Select(kind => kind.Kind), Grouped];

    public static string Of(CaughtMail mail) => Plain(mail.Subject).Contains("2 contrats de maintenance", StringComparison.Ordinal)
        ? Grouped
        : s_kinds.Where(kind => Plain(mail.Subject).Contains(kind.Words, StringComparison.Ordinal)).Select(kind => kind.Kind).ToList() is [var only]
                ? only
                : throw new InvalidOperationException($"Not one kind of message: {mail.Subject}");

    public static bool IsReminder(CaughtMail mail) => !Confirmations.Contains(Of(mail));

    /// <summary>What a mail is about: its headings' steps and the contracts it names.</summary>
    public static string About(CaughtMail mail) => MailAudit.Read(mail) is var read ? $"{read.To} {string.Join('+', read.Steps)} {string.Join('+', read.References)}" : "";

    private static string Plain(string subject) => subject.Replace('\u00A0', ' ').Replace('\u202F', ' ').Replace('’', '\'');
}
