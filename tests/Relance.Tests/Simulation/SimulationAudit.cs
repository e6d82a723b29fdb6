using Relance.Demo;
using Relance.Demo.Shop;
using Relance.Domain.Calendar;
using Relance.Domain.Reminders;

namespace Relance.Tests.Simulation;

/// <summary>A reminder as its reader got it, and the term it can only be about: the last one that the shop had been paid for at that instant.</summary>
internal sealed record AuditedMail(ReadMail Mail, SimulatedClient Client, int Term)
{
    public DateOnly Day => SimulatedAgency.Day(Mail.At);

    public DateOnly Anchor => Client.Anchor(Term);
}

/// <summary>Judges the mailbox by the shop's own orders; the service's records are not asked.</summary>
internal sealed class SimulationAudit
{
    private static readonly Sequence s_sequence = MaintenanceSequence.For(SimulatedClient.Months, new MaintenanceOptions());

    private static readonly BusinessCalendar s_calendar = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"), SendingWindow.Default);

    private readonly Dictionary<string, IReadOnlyList<DateTimeOffset>> _paid;

    public SimulationAudit(SimulatedAgency agency, IReadOnlyList<SimulatedClient> clients)
    {
        _paid = agency.Shop.Locked(core => core.State.Orders.Values
            .Where(order => order.Text("status") is "processing" or "completed")
            .GroupBy(order => order.Number("customer_id"))
            .ToDictionary(orders => orders.Key, orders => (IReadOnlyList<DateTimeOffset>)[.. orders.Select(order => order.Instant("date_paid_gmt")!.Value).Order()]))
            .Join(clients, paid => paid.Key, client => client.CustomerId, (paid, client) => (client.Email, paid.Value)).ToDictionary(p => p.Email, p => p.Value);
        var byEmail = clients.ToDictionary(client => client.Email);
        var mails = agency.Catcher.Mails.Select(MailAudit.Read).ToList();
        Confirmations = mails.Count(mail => !mail.IsReminder);
        Reminders = [.. mails.Where(mail => mail.IsReminder).Select(mail => new AuditedMail(mail, byEmail[mail.To], _paid[mail.To].Count(paid => paid <= mail.At)))];
        Unknown = mails.Count(mail => mail.Steps.Count != 1);
    }

    public IReadOnlyList<AuditedMail> Reminders { get; }

    public int Confirmations { get; }

    /// <summary>Mails in which no step, or more than one, was recognised.</summary>
    public int Unknown { get; }

    /// <summary>Payments the shop received in all, the first ones included.</summary>
    public int Payments => _paid.Values.Sum(paid => paid.Count);

    /// <summary>Reminders about a term that the shop had been paid for: they fit the term before the one that counts.</summary>
    public IEnumerable<AuditedMail> AfterPayment => Reminders.Where(mail => !IsInRange(mail) && mail.Term > 1 && IsInRange(mail with { Term = mail.Term - 1 }));

    /// <summary>Reminders that were not true on the day they came.</summary>
    public IEnumerable<AuditedMail> OutOfRange => Reminders.Where(mail => !IsInRange(mail));

    /// <summary>Second reminders to one person on one day.</summary>
    public IEnumerable<AuditedMail> Pairs => Reminders.GroupBy(mail => (mail.Mail.To, mail.Day)).SelectMany(day => day.Skip(1));

    /// <summary>Steps about one term that came twice, closer than two days, or in the wrong order.</summary>
    public IEnumerable<AuditedMail> Bursts => Reminders.GroupBy(mail => (mail.Mail.To, mail.Term)).SelectMany(term => term.OrderBy(mail => mail.Mail.At).ToList() is var ordered
        ? ordered.Zip(ordered.Skip(1)).Where(pair => pair.Second.Day.DayNumber - pair.First.Day.DayNumber < 2 || Place(pair.Second) <= Place(pair.First)).Select(pair => pair.Second)
        : []);

    /// <summary>Days on which more than the ceiling went out.</summary>
    public IEnumerable<DateOnly> BeyondCeiling => Reminders.GroupBy(mail => mail.Day).Where(day => day.Count() > 200).Select(day => day.Key);

    /// <summary>Reminders outside of open days, 9:00 to 19:00.</summary>
    public IEnumerable<AuditedMail> OutsideWindow => Reminders.Where(mail => !s_calendar.IsOpen(mail.Day) || mail.Mail.At < s_calendar.OpensOn(mail.Day) || mail.Mail.At >= s_calendar.ClosesOn(mail.Day, lastDay: true));

    /// <summary>Terms that nobody paid, reminded wholly within the simulation, without a suspension: lost messages.</summary>
    public IEnumerable<string> Lost(IReadOnlyList<SimulatedClient> clients, DateOnly first, DateOnly last)
    {
        var suspended = Reminders.Where(mail => mail.Mail.Steps[0] == MaintenanceSequence.Suspension).Select(mail => (mail.Mail.To, mail.Term)).ToHashSet();
        return from client in clients
               where !client.Refused
               let term = _paid[client.Email].Count
               let anchor = client.Anchor(term)
               where anchor > first.AddDays(5) && anchor < last.AddDays(-35) && !suspended.Contains((client.Email, term))
               select $"{client.Email}, J {anchor:O}";
    }

    private static int Place(AuditedMail mail) => s_sequence.Steps.ToList().FindIndex(step => step.Id == mail.Mail.Steps[0]);

    private static bool IsInRange(AuditedMail mail) => s_sequence.Steps.Single(step => step.Id == mail.Mail.Steps[0]) is var step
        && mail.Day >= step.DueOn(mail.Anchor, s_calendar) && mail.Day <= step.ValidUntil(mail.Anchor);
}
