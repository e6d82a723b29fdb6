using System.Text.Json;
using Relance.Demo;
using Relance.Storage;

namespace Relance.Tests.Simulation;

/// <summary>A mail about a contract, as its reader got it.</summary>
/// <param name="CameBack">It did not arrive after all.</param>
internal sealed record TacitMail(ReadMail Mail, TacitContract Contract, bool CameBack)
{
    public string Step => Mail.Steps.FirstOrDefault(step => step.StartsWith("tacit.", StringComparison.Ordinal)) ?? "";

    public DateOnly Day => SimulatedAgency.Day(Mail.At);
}

/// <summary>What the service told the agency: its tasks and its journal. What clients were told is read from their mailboxes instead.</summary>
internal sealed class TacitFacts
{
    private IReadOnlyList<TaskRow> _tasks = [];
    private HashSet<(string Contract, int Term)> _missed = [], _given = [];
    private ILookup<(string Contract, long Term), string> _messages = Array.Empty<string>().ToLookup(_ => ("", 0L));

    public static async Task<TacitFacts> ReadAsync(Database database) => await database.ReadAsync(async session => new TacitFacts
    {
        _tasks = await session.QueryAsync<TaskRow>("SELECT kind AS Kind, subject_id AS Subject, dedup_key AS Key, created_at AS At FROM task"),
        _missed = Terms(await session.QueryAsync<EntryRow>("SELECT subject_id AS Subject, entry AS Entry FROM journal WHERE kind = 'legal-notice-missed'")),
        _given = Terms(await session.QueryAsync<EntryRow>("SELECT subject_id AS Subject, entry AS Entry FROM journal WHERE kind = 'legal-notice-given'")),
        _messages = (await session.QueryAsync<MessageRow>(
            "SELECT r.message_id AS Id, y.subject_id AS Contract, y.term_no AS Term FROM reminder r JOIN cycle y ON y.id = r.cycle_id WHERE r.step = 'tacit.legal-notice' AND r.message_id IS NOT NULL"))
            .ToLookup(row => (row.Contract, row.Term), row => row.Id),
    });

    /// <summary>The contract says that no lawful notice of this term was given, and a task says so to the agency.</summary>
    public bool IsMissed(TacitContract contract, int term) => _missed.Contains((contract.Id, term)) && Has("notice-missed", contract.Id, $"notice-missed:{contract.Id}:{term}");

    /// <summary>A letter counts as the notice of this term.</summary>
    public bool IsGivenByLetter(TacitContract contract, int term) => _given.Contains((contract.Id, term));

    public bool IsSaidToBeImpossible(TacitContract contract) => Has("notice-impossible", contract.Id, $"notice-impossible:{contract.Id}");

    /// <summary>When a letter was first asked for in place of a term's notice; null: never.</summary>
    /// <param name="mails">Notices of this term that came back.</param>
    public DateTimeOffset? LetterAskedFor(TacitContract contract, int term, IEnumerable<TacitMail> mails)
    {
        var subjects = mails.Select(mail => mail.Mail.MessageId.Split('@')[0]).Concat(_messages[(contract.Id, term)]).ToHashSet(StringComparer.Ordinal);
        return _tasks.Where(task => task.Kind == "letter" && (subjects.Contains(task.Subject) || task.IsAbout($"letter:{contract.Id}:{term}")))
            .Select(task => (DateTimeOffset?)Values.Instant(task.At)).Min();
    }

    private bool Has(string kind, string subject, string key) => _tasks.Any(task => task.Kind == kind && task.Subject == subject && task.IsAbout(key));

    private static HashSet<(string, int)> Terms(IEnumerable<EntryRow> rows) => [.. rows.Select(row => (row.Subject, JsonDocument.Parse(row.Entry).RootElement.GetProperty("term").GetInt32()))];

    private sealed class TaskRow
    {
        public string Kind { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Key { get; init; } = "";
        public long At { get; init; }

        // The key of a closed task has its id behind it.
        public bool IsAbout(string key) => Key == key || Key.StartsWith(key + ":", StringComparison.Ordinal);
    }

    private sealed class EntryRow
    {
        public string Subject { get; init; } = "";
        public string Entry { get; init; } = "";
    }

    private sealed class MessageRow
    {
        public string Id { get; init; } = "";
        public string Contract { get; init; } = "";
        public long Term { get; init; }
    }
}
