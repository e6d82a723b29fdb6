using Relance.Domain.Billing;

namespace Relance.Tests.Simulation;

/// <summary>A payment that a client will make.</summary>
/// <param name="Announced">First only announces it; the money comes days later.</param>
internal sealed record PlannedPayment(DateTimeOffset At, bool Announced = false);

/// <summary>A client with one contract of twelve months, and what it will do in two years.</summary>
/// <param name="FirstStart">First day of its first term, local.</param>
/// <param name="Refused">The mail server refuses its address.</param>
internal sealed record SimulatedClient(int Number, DateOnly FirstStart, bool Refused, IReadOnlyList<PlannedPayment> Payments)
{
    public const int Months = 12;

    public string Email => $"client{Number:00000}@client.example";

    public long CustomerId { get; init; }

    /// <summary>J of the nth term.</summary>
    public DateOnly Anchor(int term) => Term.Nth(FirstStart, Months, term).End;

    /// <summary>A client drawn from a seed: six in ten pay before the end of the term, two in ten after it, the others stop one day.</summary>
    public static SimulatedClient Draw(int number, Random random, DateOnly from, DateOnly until)
    {
        var first = from.AddYears(-1).AddDays(random.Next(20, 364));
        var refused = random.Next(50) == 0;
        var payments = new List<PlannedPayment>();
        for (var term = 1; Term.Nth(first, Months, term).End is var anchor && anchor < until.AddDays(-40); term++)
        {
            var draw = random.Next(100);
            if (draw >= 85)
                break;
            var day = draw < 60 ? random.Next(-29, 1) : draw < 80 ? random.Next(1, 27) : 1;
            payments.Add(new(Instant(anchor.AddDays(day), random), Announced: draw is >= 80 and < 85));
        }

        return new SimulatedClient(number, first, refused, payments);
    }

    /// <summary>Puts clients into the shop, each with its first paid order; what they will do falls due later, at times without a webhook.</summary>
    public static List<SimulatedClient> Seed(SimulatedAgency agency, IReadOnlyList<SimulatedClient> drawn)
    {
        var product = agency.Shop.AddProduct("Maintenance WordPress, 12 mois", "MAINT-12", 480m);
        var clients = drawn.Select(client => client with { CustomerId = agency.Shop.AddCustomer(client.Email, "Élodie", $"Durand {client.Number}") }).ToList();
        foreach (var client in clients)
        {
            _ = agency.Shop.AddOrder(new(client.CustomerId, product, "completed", CreatedAt: SimulatedAgency.At(client.FirstStart, new(11, 0))));
            if (client.Refused)
                agency.Catcher.Refuse(client.Email);
            foreach (var payment in client.Payments)
                client.Does(agency, payment);
        }

        return clients;
    }

    private void Does(SimulatedAgency agency, PlannedPayment payment)
    {
        void At(DateTimeOffset at, string action) => agency.Later(at, () => agency.Shop.Schedule(action, "customer", CustomerId, at, webhook: CustomerId % 3 != 0));
        if (payment.Announced)
            At(payment.At, "announce");
        At(payment.Announced ? payment.At.AddDays(5) : payment.At, "pay");
    }

    // Half of the payments come shortly before the sending window, after the day was planned.
    private static DateTimeOffset Instant(DateOnly day, Random random) =>
        new(day.ToDateTime(random.Next(2) == 0 ? new TimeOnly(7, random.Next(60), 1) : new TimeOnly(random.Next(10, 22), random.Next(60), 1)), TimeSpan.Zero);
}
