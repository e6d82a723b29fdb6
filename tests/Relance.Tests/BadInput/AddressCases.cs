using Relance.Channels.Email.Mime;

namespace Relance.Tests.BadInput;

/// <summary>Addresses as shops hold them, on their way into an envelope.</summary>
internal static class AddressCases
{
    public static Family Family { get; } = new("Addresses", "A client's address, as it would be written into the envelope; a refusal fails the message and opens a task.", () => Family.EachAsync(Cases.Select(c => (c.Length == 0 ? "(empty)" : c.Length > 60 ? $"{c.Length} characters" : $"`{c}`", c)), AnswerAsync));

    private static IEnumerable<string> Cases =>
    [
        "", "jeanne", "@client.example", "jeanne@", "jeanne@@client.example", "jeanne@client", "jeanne@client..example", "jeanne@-client.example", "jeanne@client.example.",
        "jeanne dupont@client.example", "jeanne@client example", " jeanne@client.example", "jeanne@client.example\r\nBcc: x@y.example", "jeanne\0@client.example", "<jeanne@client.example>",
        "Jeanne <jeanne@client.example>", "jeanne@client.example, paul@client.example", "jeanne@client.example;paul@client.example", "jeanne@[192.0.2.1]", "jeanne@192.0.2.1",
        "jeanne(comment)@client.example", "\"jeanne dupont\"@client.example", "jean..dupont@client.example", "jean.@client.example", ".jean@client.example", "zoé@client.example", "zoe@exémple.example",
        "zoe@例え.example", "JEANNE@CLIENT.EXAMPLE", "jeanne+relance@client.example", "o'brien@client.example", "mailto:jeanne@client.example", "jeanne＠client.example", "jeanne@client。example",
        new string('a', 65) + "@client.example", "a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 5)), "a@" + new string('b', 64) + ".example",
    ];

    private static Task<string> AnswerAsync(string address)
    {
        try
        {
            return Task.FromResult($"written as `{AddrSpec.Parse("To", address)}`");
        }
        catch (FormatException fault)
        {
            return Task.FromResult(fault.Message);
        }
    }
}
