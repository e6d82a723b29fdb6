using Relance.Demo;

namespace Relance.Tests.Simulation;

/// <summary>What became of the legal notice of one term.</summary>
internal enum NoticeFate
{
    /// <summary>In the client's mailbox, on a lawful day.</summary>
    Given,
    /// <summary>The same, in the last seven lawful days.</summary>
    GivenLate,
    ByLetter,
    /// <summary>Nothing could leave in its last seven days, and the agency was told.</summary>
    Missed,
    /// <summary>Mail does not reach the client, and no letter was sent although the agency was asked for one.</summary>
    MissedWithoutLetter,
    /// <summary>No day was lawful, and the agency was told.</summary>
    Impossible,
    /// <summary>The contract was closed before the last lawful day.</summary>
    ClosedBefore,
    /// <summary>Its last lawful day lay before the link.</summary>
    BeforeLink,
    /// <summary>A business, whose contract governs: told in time, or nothing could leave.</summary>
    BusinessTold,
    BusinessNotTold,
}

/// <summary>Judges what clients got of their tacit contracts; windows are those of the domain, whose own tests are the vectors.</summary>
internal sealed class TacitAudit
{
    private static readonly string[] s_ends = ["tacit.declined", "tacit.ended"];

    private readonly IReadOnlyList<Trouble> _troubles;
    private readonly TacitFacts _facts;
    private readonly DateOnly _from, _until;
    private readonly ILookup<TacitContract, TacitMail> _mails;
    private readonly List<ReadMail> _all;

    public TacitAudit(IReadOnlyList<ReadMail> mails, IReadOnlyList<TacitClient> clients, IReadOnlyDictionary<string, DateTimeOffset> cameBack, TacitFacts facts, IReadOnlyList<Trouble> troubles, DateOnly from, DateOnly until)
    {
        (_facts, _troubles, _from, _until, _all) = (facts, troubles, from, until, [.. mails]);
        var byReference = clients.SelectMany(client => client.Contracts).ToDictionary(contract => contract.Reference);
        _mails = mails.SelectMany(mail => mail.References.Where(byReference.ContainsKey).Select(reference => new TacitMail(mail, byReference[reference], cameBack.ContainsKey(mail.MessageId)))).ToLookup(mail => mail.Contract);
        foreach (var contract in clients.SelectMany(client => client.Contracts))
            Judge(contract);
        Faults.AddRange(mails.Where(mail => !IsWhole(mail)).Select(mail => $"{mail.At:u} {mail.To}: {string.Join('+', mail.Steps)} about {string.Join(", ", mail.References)}"));
        Faults.AddRange(DaysShared());
    }

    /// <summary>Everything that is wrong, in words.</summary>
    public List<string> Faults { get; } = [];

    public Dictionary<NoticeFate, int> Notices { get; } = Enum.GetValues<NoticeFate>().ToDictionary(fate => fate, _ => 0);

    public int Count(string step) => _mails.SelectMany(mails => mails).Count(mail => mail.Step == step);

    private void Judge(TacitContract contract)
    {
        for (var term = 1; (contract.WindowOf(term).Latest ?? contract.WindowOf(term).Deadline) < _until.AddDays(-10) && contract.TermOf(term).Start < _until.AddDays(-10); term++)
        {
            // A refusal ends the contract on its term's last day.
            if (contract.ClosedAt is { } closed && SimulatedAgency.Day(closed) < contract.TermOf(term).Start)
                break;
            var fate = Judge(contract, term);
            Notices[fate]++;
        }

        OnceATerm(contract, "tacit.reminder", mail => contract.TermOn(mail.Day), (term, day) => day < contract.WindowOf(term).Deadline && day >= contract.WindowOf(term).Deadline.AddDays(-20));
        OnceATerm(contract, "tacit.confirmation", mail => contract.TermOn(mail.Day.AddDays(-1)) is var on && mail.Day >= contract.RenewsOn(on) ? on : on - 1, (term, day) => term > 0 && day <= contract.RenewsOn(term).AddDays(10));
        AfterItsEnd(contract);
    }

    private NoticeFate Judge(TacitContract contract, int number)
    {
        var (term, window) = (contract.TermOf(number), contract.WindowOf(number));
        var notices = _mails[contract].Where(mail => mail.Step == "tacit.legal-notice" && mail.Day >= term.Start && mail.Day <= term.End).ToList();
        foreach (var notice in notices.Where(notice => !window.Allows(notice.Day) || notice.Day > window.Deadline || window.Deadline < term.Start))
            Fault(contract, number, $"a notice on {notice.Day:O}");
        var arrived = notices.Where(notice => !notice.CameBack).ToList();
        if (arrived.Count > 1)
            Fault(contract, number, $"{arrived.Count} notices");
        if (window.Blocked || window.Deadline < term.Start)
        {
            if (!_facts.IsSaidToBeImpossible(contract))
                Fault(contract, number, "nobody was told that it is impossible");
            return NoticeFate.Impossible;
        }

        if ((window.Latest ?? window.Deadline) < _from)
            return NoticeFate.BeforeLink;
        if (arrived.Count > 0)
        {
            if (!window.Covered)
                return NoticeFate.BusinessTold;
            if (_facts.IsMissed(contract, number))
                Fault(contract, number, "given, and called missed");
            return arrived[0].Day >= window.AlarmFrom ? NoticeFate.GivenLate : NoticeFate.Given;
        }

        var latest = window.Latest ?? window.Deadline;
        if (contract.ClosedAt is { } closed && SimulatedAgency.Day(closed) <= latest)
            return NoticeFate.ClosedBefore;
        // From its alarm on it may leave on any day. A business is told on open days, thirty days before it has to decide.
        var possible = Quiet(window.AlarmFrom ?? latest.AddDays(-14), latest) > (window.Covered ? 0 : 7);
        return window.Covered ? NotByMail(contract, number, latest, possible, notices) : NotTold(contract, number, possible);
    }

    private NoticeFate NotTold(TacitContract contract, int number, bool possible)
    {
        if (contract.Client.Fate == MailFate.Arrives && possible)
            Fault(contract, number, "a business that was not told");
        return NoticeFate.BusinessNotTold;
    }

    // Days on which a legal notice can leave: a shop that is down does not hold it.
    private int Quiet(DateOnly first, DateOnly last) => Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays)
        .Count(day => day >= _from && !_troubles.Any(trouble => trouble.Kind != Trouble.Shop && trouble.On(day)));

    private NoticeFate NotByMail(TacitContract contract, int number, DateOnly latest, bool possible, IReadOnlyList<TacitMail> cameBack)
    {
        if (contract.Client.Fate == MailFate.Arrives && possible)
            Fault(contract, number, "no notice, although one could leave in its last seven days");
        var asked = _facts.LetterAskedFor(contract, number, cameBack);
        if (contract.Client.Fate != MailFate.Arrives && possible && (asked is not { } at || (SimulatedAgency.Day(at) > latest && cameBack.Count == 0)))
            Fault(contract, number, "no letter was asked for in time");
        if (_facts.IsGivenByLetter(contract, number))
            return NoticeFate.ByLetter;
        if (!_facts.IsMissed(contract, number))
            Fault(contract, number, "no notice, and nobody was told that it is missed");
        return contract.Client.Fate == MailFate.Arrives ? NoticeFate.Missed : NoticeFate.MissedWithoutLetter;
    }

    private void OnceATerm(TacitContract contract, string step, Func<TacitMail, int> termOf, Func<int, DateOnly, bool> isRight)
    {
        foreach (var term in _mails[contract].Where(mail => mail.Step == step).GroupBy(termOf))
        {
            if (term.Count() > 1 || !term.All(mail => isRight(term.Key, mail.Day)))
                Fault(contract, term.Key, $"{step} on {string.Join(", ", term.Select(mail => $"{mail.Day:O}"))}");
        }
    }

    private void AfterItsEnd(TacitContract contract)
    {
        if (contract.ClosedAt is not { } closed)
            return;
        foreach (var late in _mails[contract].Where(mail => mail.Mail.At >= closed && !s_ends.Contains(mail.Step)))
            Fault(contract, contract.TermOn(late.Day), $"{late.Step} on {late.Day:O}, closed on {closed:u}");
        var acknowledged = _mails[contract].Count(mail => s_ends.Contains(mail.Step));
        if (acknowledged > 1 || (acknowledged == 0 && contract.Client.Fate == MailFate.Arrives && SimulatedAgency.Day(closed) < _until.AddDays(-10)))
            Fault(contract, contract.TermOn(SimulatedAgency.Day(closed)), $"closed on {closed:u}, acknowledged {acknowledged} times");
    }

    // Only reminders share a mail.
    private static bool IsWhole(ReadMail mail) => mail.Steps.Count > 0
        && (mail.Steps.All(step => step == "tacit.reminder" || step.StartsWith("maintenance.", StringComparison.Ordinal)) || mail is { Steps.Count: 1, References.Count: 1 });

    // Beside a legal notice no reminder goes to its client, whichever contract it is about.
    private IEnumerable<string> DaysShared() =>
        from day in _all.Where(mail => mail.IsReminder).GroupBy(mail => (mail.To, Day: SimulatedAgency.Day(mail.At)))
        let reminders = day.Where(mail => mail.Steps is not ["tacit.legal-notice"]).ToList()
        where reminders.Count > 1 || (reminders.Count == 1 && day.Count() > 1)
        select $"{day.Key.To} on {day.Key.Day:O}: {string.Join(", ", day.Select(mail => $"{string.Join('+', mail.Steps)} {mail.At:HH:mm}"))}";

    private void Fault(TacitContract contract, int term, string what) =>
        Faults.Add($"{contract}, term {term} to {contract.TermOf(term).End:O}, lawful {contract.WindowOf(term).Earliest:O} to {contract.WindowOf(term).Latest:O}: {what}");
}
