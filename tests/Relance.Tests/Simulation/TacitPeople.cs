using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Relance.Agency;
using Relance.Billing;
using Relance.Bounces;
using Relance.Demo;
using Relance.Demo.Mail;
using Relance.Domain.Billing;
using Relance.Outbox;
using Relance.Tests.Bounces;

namespace Relance.Tests.Simulation;

/// <summary>What the clients and the agency do: they refuse, pay late or never, correct addresses, pause, send letters; and mails that come back.</summary>
internal sealed partial class TacitPeople(SimulatedAgency agency, IReadOnlyList<TacitClient> clients, int seed, DateOnly until) : IDisposable
{
    private static readonly Actor s_camille = new(Actor.OfPerson, "Camille");

    // Each client has its own dice: in which order mails arrive changes nobody else's life.
    private readonly Dictionary<TacitClient, Random> _dice = clients.ToDictionary(client => client, client => new Random(DiceOf(seed, client.Number)));
    private readonly PriorityQueue<Func<DateTimeOffset, Task>, (DateTimeOffset At, int Number)> _deeds = new();
    private readonly Dictionary<string, TacitContract> _byReference = clients.SelectMany(client => client.Contracts).ToDictionary(contract => contract.Reference);
    private readonly Dictionary<string, TacitClient> _byEmail = clients.ToDictionary(client => client.Email);
    private readonly Dictionary<string, string> _ids = [];
    private readonly HashSet<string> _cured = [];
    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private int _read, _planned;

    /// <summary>Message-IDs of mails that came back, and when.</summary>
    public Dictionary<string, DateTimeOffset> CameBack { get; } = [];

    /// <summary>Refusals and ends on the clients' page; by the agency; letters sent; pauses.</summary>
    public int OnThePage { get; private set; }

    public int ByTheAgency { get; private set; }

    public int Letters { get; private set; }

    public int Pauses { get; private set; }

    /// <summary>One round's worth.</summary>
    public async Task ActAsync(DateTimeOffset now)
    {
        if (_planned == 0)
            await BeginAsync(now);
        var mails = agency.Catcher.Mails;
        for (; _read < mails.Count; _read++)
            Read(mails[_read], MailAudit.Read(mails[_read]));
        while (_deeds.TryPeek(out var deed, out var due) && due.At <= now)
        {
            _deeds.Dequeue();
            await deed(now);
        }
    }

    public void Dispose() => _browser.Dispose();

    private void Plan(DateTimeOffset at, Func<DateTimeOffset, Task> deed) => _deeds.Enqueue(deed, (at, _planned++));

    private void Plan(DateTimeOffset at, Action deed) => Plan(at, _ =>
    {
        deed();
        return Task.CompletedTask;
    });

    private static int DiceOf(int seed, int number) => unchecked((seed * 1_000_003) + number);

    private bool Chance(TacitClient client, int percent) => _dice[client].Next(100) < percent;

    private DateTimeOffset In(TacitClient client, DateTimeOffset now, int days) => now.AddMinutes(_dice[client].Next(1, (days * 1440) + 2));

    // Before the first plan: what the contracts say, and who the clients are.
    private async Task BeginAsync(DateTimeOffset now)
    {
        var days = until.DayNumber - SimulatedAgency.Day(now).DayNumber;
        foreach (var stored in await agency.Database.ReadAsync(s => ContractStore.AllAsync(s)))
        {
            var reference = LetterWriter.Reference(stored);
            _ids[reference] = stored.Id;
            if (!_byReference.TryGetValue(reference, out var contract))
                continue;
            contract.Id = stored.Id;
            await agency.Of<ClientActions>().SetKindAsync(stored.ClientId, contract.Client.Kind.Code(), s_camille, default);
            if (contract.SetByAgency)
                await agency.Of<ContractActions>().SetClausesAsync(stored.Id, new ContractClauses(contract.Notice.ToString(), contract.Months, ConcludedOnline: true), s_camille, default);
            if (Chance(contract.Client, 12))
                Plan(In(contract.Client, now, days), at => DeclineAsync(contract, at));
            for (var n = _dice[contract.Client].Next(3); n > 0; n--)
                Plan(In(contract.Client, now, days), at => PauseAsync(contract, at));
            if (Chance(contract.Client, 10))
                await agency.Database.WriteAsync(s => s.ExecuteAsync("UPDATE recipient SET opted_out = 1 WHERE address_key = @Email", new { contract.Client.Email }));
        }

        Plan(now, PostAsync);
    }

    private void Read(CaughtMail mail, ReadMail read)
    {
        var client = _byEmail[read.To];
        if (client.Fate == MailFate.ComesBack && !_cured.Contains(client.Email))
            Plan(In(client, mail.ReceivedAt, 2), at => ComesBackAsync(client, mail, at));
        else if (read.Steps is ["maintenance.lapsed"] && Chance(client, 50))
            Plan(In(client, mail.ReceivedAt, 10), () => TacitShop.Pay(agency.Shop, _ids[read.References[0]], webhook: true));
        else if (read.References is [var reference] && _byReference.TryGetValue(reference, out var contract))
            Answer(contract, mail, read.Steps[0]);
    }

    private void Answer(TacitContract contract, CaughtMail mail, string step)
    {
        var links = Link().Matches(mail.Html).Select(match => new Uri(match.Groups["link"].Value)).ToList();
        if (step == "tacit.legal-notice" && Chance(contract.Client, 20))
            Plan(In(contract.Client, mail.ReceivedAt, 50), at => ClickAsync(contract, links[_dice[contract.Client].Next(links.Count)], at));
        if (step == "tacit.confirmation" && Chance(contract.Client, 85))
            Plan(In(contract.Client, mail.ReceivedAt, 60), () => TacitShop.Pay(agency.Shop, contract.Id, webhook: contract.Client.Number % 3 != 0));
        if (step == "tacit.confirmation" && links.Count > 0 && Chance(contract.Client, 30))
            Plan(In(contract.Client, mail.ReceivedAt, 60), at => ClickAsync(contract, links[^1], at));
    }

    private async Task ClickAsync(TacitContract contract, Uri link, DateTimeOffset now)
    {
        if (Seal().Match(await _browser.GetStringAsync(link)) is not { Success: true } form)
            return;
        using var fields = new FormUrlEncodedContent([new("seal", form.Groups["seal"].Value), new("confirm", "yes")]);
        using var answer = await _browser.PostAsync(link, fields);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.SeeOther);
        if (await NoteEndAsync(contract, now))
            OnThePage++;
    }

    private async Task DeclineAsync(TacitContract contract, DateTimeOffset now)
    {
        if (contract.ClosedAt is not null)
            return;
        await agency.Of<ContractActions>().DeclineAsync(contract.Id, "Par téléphone", s_camille, default);
        if (await NoteEndAsync(contract, now))
            ByTheAgency++;
    }

    private async Task<bool> NoteEndAsync(TacitContract contract, DateTimeOffset now)
    {
        var state = (await agency.Database.ReadAsync(s => ContractStore.FindAsync(s, contract.Id)))!.State;
        if (contract.ClosedAt is not null || state is { DeclinedOn: null, EndedOn: null })
            return false;
        contract.ClosedAt = now;
        return true;
    }

    private async Task PauseAsync(TacitContract contract, DateTimeOffset now)
    {
        await agency.Of<Pauses>().AddAsync(PauseScope.Contract, contract.Id, SimulatedAgency.Day(now).AddDays(_dice[contract.Client].Next(5, 120)), "Le client est en voyage", s_camille, default);
        Pauses++;
    }

    private async Task ComesBackAsync(TacitClient client, CaughtMail mail, DateTimeOffset now)
    {
        var report = Samples.Text("postfix-unknown-user").Replace("{token}", BounceWorld.TokenOf(mail), StringComparison.Ordinal).Replace("jeanne@client.example", client.Email, StringComparison.Ordinal);
        (await agency.Of<InboundMail>().TakeAsync(Encoding.Latin1.GetBytes(report), default)).State.ShouldBe("done");
        CameBack[mail.MessageId] = now;
        if (Chance(client, 40))
            Plan(In(client, now, 40), _ => CureAsync(client));
    }

    // The client's mailbox works again, and the agency was told so.
    private async Task CureAsync(TacitClient client)
    {
        if (_cured.Add(client.Email) && await agency.Database.ReadAsync(s => s.ValueAsync<long>("SELECT COUNT(*) FROM recipient WHERE address_key = @Email AND refused_at IS NOT NULL", new { client.Email })) > 0)
            await agency.Of<AddressState>().LiftAsync(client.Email, s_camille, default);
    }

    // Every few days somebody at the agency posts the letters of every second client.
    private async Task PostAsync(DateTimeOffset now)
    {
        var due = await agency.Database.ReadAsync(s => s.QueryAsync<LetterTask>(
            """
            SELECT t.id AS Id, k.id AS ContractId FROM task t LEFT JOIN reminder r ON r.message_id = t.subject_id LEFT JOIN cycle y ON y.id = r.cycle_id
            JOIN contract k ON k.id = t.subject_id OR k.id = y.subject_id WHERE t.kind = 'letter' AND t.state = 'open' ORDER BY t.id
            """));
        foreach (var letter in due.Where(letter => _byReference.Values.Single(contract => contract.Id == letter.ContractId).Client.Number % 2 == 0))
        {
            await agency.Of<AgencyTasks>().CloseAsync(letter.Id, "done", string.Create(CultureInfo.InvariantCulture, $"LRAR {++Letters}"), s_camille, default);
        }

        Plan(now.AddDays(3), PostAsync);
    }

    [GeneratedRegex("href=\"(?<link>[^\"]+/c/[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("name=\"seal\" value=\"(?<seal>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Seal();

    private sealed class LetterTask
    {
        public string Id { get; init; } = "";
        public string ContractId { get; init; } = "";
    }
}
