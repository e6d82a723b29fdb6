using Relance.Domain.Billing;
using Relance.Domain.Law;

namespace Relance.Tests.Simulation;

/// <summary>What becomes of mail to a client.</summary>
internal enum MailFate
{
    Arrives,
    /// <summary>The shop knows no address.</summary>
    NoAddress,
    /// <summary>The mail server refuses it at once.</summary>
    Refused,
    /// <summary>The mail server takes it, and it comes back later.</summary>
    ComesBack,
}

/// <summary>A client with one or two contracts that renew tacitly, and perhaps one that does not.</summary>
internal sealed class TacitClient(int number, ClientKind kind, MailFate fate)
{
    public int Number => number;

    public ClientKind Kind => kind;

    public MailFate Fate => fate;

    public string Email => $"tacit{number:00000}@client.example";

    public List<TacitContract> Contracts { get; } = [];

    /// <summary>First day of the first term of the contract that does not renew by itself.</summary>
    public DateOnly? ExplicitStart { get; private set; }

    /// <summary>Draws a client: half of the others' dates are such that both their reminders would go on the day of a notice.</summary>
    public static TacitClient Draw(int number, Random random, DateOnly from)
    {
        ClientKind[] kinds = [ClientKind.Consumer, ClientKind.Consumer, ClientKind.Unknown, ClientKind.NonProfessional, ClientKind.Business];
        var fate = random.Next(20) switch { 0 => MailFate.NoAddress, 1 => MailFate.Refused, 2 or 3 => MailFate.ComesBack, _ => MailFate.Arrives };
        var client = new TacitClient(number, kinds[random.Next(kinds.Length)], fate);
        client.Contracts.Add(TacitContract.Draw(client, random, from));
        if (random.Next(4) == 0 && TacitContract.Draw(client, random, from) is var second && second.Sku != client.Contracts[0].Sku)
            client.Contracts.Add(second);
        if (random.Next(2) == 0)
        {
            var notice = client.Contracts[0].WindowOf(1) is { NominalOn: { } nominal } ? nominal : from.AddDays(random.Next(60, 300));
            client.ExplicitStart = notice.AddDays(30 + random.Next(-3, 4) + 1).AddYears(-1);
        }

        return client;
    }
}

/// <summary>A contract that renews tacitly, counted from the day of its first order.</summary>
/// <param name="notice">As recorded: by the product's rule, or by the agency on the first day.</param>
internal sealed class TacitContract(TacitClient client, int months, NoticePeriod notice, DateOnly firstStart, bool setByAgency)
{
    // Where the agency records another one.
    private static readonly NoticePeriod s_rule = NoticePeriod.OfMonths(2);

    private static readonly int[] s_months = [12, 12, 12, 12, 12, 6, 6, 3];

    private static readonly NoticePeriod[] s_notices =
        [NoticePeriod.OfMonths(0), NoticePeriod.OfMonths(1), NoticePeriod.OfMonths(2), NoticePeriod.OfMonths(2), NoticePeriod.OfDays(30), NoticePeriod.OfMonths(3)];

    public TacitClient Client => client;

    public int Months => months;

    public NoticePeriod Notice => notice;

    public DateOnly FirstStart => firstStart;

    public bool SetByAgency => setByAgency;

    public string Sku => $"TACIT-{months}-{(setByAgency ? s_rule : notice)}";

    public long OrderId { get; set; }

    /// <summary>As mails name it.</summary>
    public string Reference => $"CMD-{OrderId}";

    /// <summary>The service's id.</summary>
    public string Id { get; set; } = "";

    /// <summary>When it was refused or ended, by whoever; at true time.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Every product that may be bought: number of months and notice period.</summary>
    public static IEnumerable<(string Sku, int Months, NoticePeriod Notice)> Products =>
        from months in s_months.Distinct() from notice in s_notices.Distinct() select ($"TACIT-{months}-{notice}", months, notice);

    public Term TermOf(int number) => Term.Nth(firstStart, months, number);

    public NoticeWindow WindowOf(int number) => NoticeWindow.For(TermOf(number).End, notice, client.Kind, TermOf(number).Start);

    /// <summary>The last day on which the renewal of a term is not yet certain, and the day after which its confirmation may go.</summary>
    public DateOnly RenewsOn(int number) => WindowOf(number).Deadline.AddDays(1) is var after && after > TermOf(number).End ? after : TermOf(number).End;

    /// <summary>The term that runs on a day.</summary>
    public int TermOn(DateOnly day) => Enumerable.Range(1, 100).First(number => day <= TermOf(number).End);

    public override string ToString() => $"{client.Email} ({client.Kind}, {client.Fate}) {Reference}, {months} months, {notice}";

    public static TacitContract Draw(TacitClient client, Random random, DateOnly from)
    {
        var months = s_months[random.Next(s_months.Length)];
        return new(client, months, s_notices[random.Next(s_notices.Length)], from.AddMonths(-months).AddDays(random.Next(2, months * 30)), random.Next(4) == 0);
    }
}
