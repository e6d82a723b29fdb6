using System.Globalization;

namespace Relance.Channels.Smtp;

/// <summary>One message on a connection: first up to the server's 354, then the body.</summary>
internal sealed class SmtpTransaction(SmtpConnection connection, SmtpOptions options, OutgoingMessage message)
{
    private readonly byte[] _framed = DotStuffing.Frame(message.Bytes.Span);
    private readonly List<string> _refused = [];

    /// <summary>MAIL, RCPT and DATA; returns once the server waits for the body.</summary>
    /// <exception cref="SmtpFailure">The sender, the first recipient or the message was not taken: nothing has left.</exception>
    public async Task BeginAsync(CancellationToken ct)
    {
        var most = connection.Capabilities.MaxSize;
        if (most > 0 && _framed.Length > most)
            throw new SmtpFailure(new(SendOutcome.Refused, $"the message has {_framed.Length} bytes, the server takes {most}"));
        if (connection.Capabilities.Pipelining)
            await PipelineAsync(ct);
        else
            await OneByOneAsync(ct);
        connection.Stage = SmtpStage.Body;
    }

    private async Task PipelineAsync(CancellationToken ct)
    {
        // With several recipients DATA goes apart: had the first been refused, a 354 would commit us to mailing the others.
        var single = message.EnvelopeTo.Count == 1;
        string[] group = [Mail, .. message.EnvelopeTo.Select(Rcpt)];
        connection.InStep = false;
        await connection.WriteAsync(single ? [.. group, "DATA"] : group, ct);
        Judge(await ReadAsync(SmtpStage.Mail, ct));
        for (var i = 0; i < message.EnvelopeTo.Count; i++)
            Judge(i, await ReadAsync(SmtpStage.Recipient, ct));
        connection.InStep = true;
        Start(single ? await ReadAsync(SmtpStage.Data, ct) : await connection.AskAsync(SmtpStage.Data, "DATA", ct));
    }

    private async Task OneByOneAsync(CancellationToken ct)
    {
        Judge(await connection.AskAsync(SmtpStage.Mail, Mail, ct));
        for (var i = 0; i < message.EnvelopeTo.Count; i++)
            Judge(i, await connection.AskAsync(SmtpStage.Recipient, Rcpt(message.EnvelopeTo[i]), ct));
        Start(await connection.AskAsync(SmtpStage.Data, "DATA", ct));
    }

    /// <summary>The body in one write, then the server's word.</summary>
    public async Task<SendResult> DeliverAsync(CancellationToken ct)
    {
        try
        {
            await connection.WriteAsync(_framed, options.Timeouts.Body, ct);
        }
        catch (IOException e)
        {
            // A server may refuse half-way and hang up: its reason may still be there to read.
            var reason = await connection.ReadAsync(options.Timeouts.Command, ct);
            return reason.Positive ? throw new InvalidDataException("the server hung up during the message", e) : Conclude(reason);
        }
        return Conclude(await connection.ReadAsync(options.Timeouts.Final, ct));
    }

    private SendResult Conclude(SmtpReply reply)
    {
        connection.Messages++;
        connection.InStep = true;
        connection.Stage = SmtpStage.Idle;
        return new(SmtpVerdict.Of(SmtpStage.Body, reply), string.Join('\n', [reply.ToString(), .. _refused]), reply.Status);
    }

    private string Mail => connection.Capabilities.Size
        ? string.Create(CultureInfo.InvariantCulture, $"MAIL FROM:<{message.EnvelopeFrom}> SIZE={_framed.Length}")
        : $"MAIL FROM:<{message.EnvelopeFrom}>";

    private static string Rcpt(string address) => $"RCPT TO:<{address}>";

    private Task<SmtpReply> ReadAsync(SmtpStage stage, CancellationToken ct)
    {
        connection.Stage = stage;
        return connection.ReadAsync(options.Timeouts.Command, ct);
    }

    private static void Judge(SmtpReply mail)
    {
        if (!mail.Positive)
            throw SmtpFailure.From(SmtpStage.Mail, mail);
    }

    /// <summary>The first recipient is whom the message is for; a copy that is refused only adds a line to the answer.</summary>
    private void Judge(int index, SmtpReply recipient)
    {
        if (recipient.Positive)
            return;
        if (index == 0 || recipient.Code == 421)
            throw SmtpFailure.From(SmtpStage.Recipient, recipient);
        _refused.Add($"not sent to {message.EnvelopeTo[index]}: {recipient}");
    }

    private void Start(SmtpReply data)
    {
        if (data.Code != 354)
            throw SmtpFailure.From(SmtpStage.Data, data);
        connection.InStep = false;
    }
}
