using System.Globalization;

namespace Relance.Bench;

/// <summary>What to run, and how much of it.</summary>
internal sealed record RaceOptions
{
    public const string Usage = """
        dotnet run --project tests/bench -c Release -- [options]
          --quick                     small sizes: does it run at all
          --only reminders,webhooks,plan,start
          --database sqlite,postgres  default: both
          --reminders N               due reminders (5000)
          --connections N             to the mail server, for every sender (16)
          --webhooks N                deliveries (40000)
          --contracts N,N,N           contracts in the database (10000,100000,1000000)
          --service FILE              relance.dll to start for `start` and `webhooks`; default: the one built beside this
          --out DIR                   where race.json and race.md go (tests/bench/results)
        """;

    public IReadOnlyList<string> Only { get; init; } = ["reminders", "webhooks", "plan", "start"];
    public IReadOnlyList<string> Databases { get; init; } = ["sqlite", "postgres"];
    public int Reminders { get; init; } = 5000;
    public int Connections { get; init; } = 16;
    public int Webhooks { get; init; } = 40_000;
    public IReadOnlyList<int> Contracts { get; init; } = [10_000, 100_000, 1_000_000];
    public string Service { get; init; } = typeof(RelanceApp).Assembly.Location;
    public string Out { get; init; } = "";

    public bool Runs(string race) => Only.Contains(race, StringComparer.Ordinal);

    /// <summary>Reads the arguments; what is wrong with them, or null.</summary>
    public static string? Parse(IReadOnlyList<string> args, out RaceOptions options)
    {
        options = new();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--quick")
                options = options with { Reminders = 500, Webhooks = 5000, Contracts = [10_000] };
            else if (i + 1 == args.Count || options.With(args[i], args[++i]) is not { } changed)
                return $"{args[i]}: expected an option and its value.";
            else
                options = changed;
        }

        return null;
    }

    private RaceOptions? With(string name, string value) => name switch
    {
        "--only" => this with { Only = value.Split(',') },
        "--database" => this with { Databases = value.Split(',') },
        "--reminders" => this with { Reminders = Number(value) },
        "--connections" => this with { Connections = Number(value) },
        "--webhooks" => this with { Webhooks = Number(value) },
        "--contracts" => this with { Contracts = [.. value.Split(',').Select(Number)] },
        "--service" => this with { Service = Path.GetFullPath(value) },
        "--out" => this with { Out = Path.GetFullPath(value) },
        _ => null,
    };

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
