namespace Relance.Channels.Smtp;

/// <summary>
/// Hands messages to the agency's submission server (RFC 6409). Everything that speaks SMTP is behind these two
/// methods: another library can stand in for this one class.
/// </summary>
internal sealed class SubmissionClient(SmtpOptions options, TimeProvider clock) : IAsyncDisposable
{
    private readonly SmtpPool _pool = new(options, clock);

    /// <inheritdoc cref="IChannel.SendAsync"/>
    public async Task<SendResult> SendAsync(OutgoingMessage message, Func<CancellationToken, Task> handover, CancellationToken ct)
    {
        SmtpConnection connection;
        SmtpTransaction transaction;
        try
        {
            (connection, transaction) = await BeginAsync(message, ct);
        }
        catch (SmtpFailure e)
        {
            return e.Result;
        }
        catch (OperationCanceledException e) when (ct.IsCancellationRequested)
        {
            return SmtpFaults.Result(SmtpStage.Connect, handedOver: false, e);
        }
        return await HandOverAsync(connection, transaction, handover, ct);
    }

    /// <summary>Connects, encrypts and logs in as for a message, then takes leave.</summary>
    /// <returns>Null when all went well.</returns>
    public async Task<SendResult?> ProbeAsync(CancellationToken ct)
    {
        try
        {
            var connection = await SmtpHandshake.OpenAsync(options, clock, ct);
            await connection.QuitAsync(ct);
            return null;
        }
        catch (SmtpFailure e)
        {
            return e.Result;
        }
    }

    /// <summary>Up to the 354. A kept connection that the server has closed since is replaced, which is no failure.</summary>
    private async Task<(SmtpConnection Connection, SmtpTransaction Transaction)> BeginAsync(OutgoingMessage message, CancellationToken ct)
    {
        while (true)
        {
            var connection = await _pool.RentAsync(ct);
            try
            {
                var transaction = new SmtpTransaction(connection, options, message);
                await transaction.BeginAsync(ct);
                return (connection, transaction);
            }
            catch (Exception e)
            {
                var stage = connection.Stage;
                await _pool.ReturnAsync(connection, e is SmtpFailure { ServerCloses: false } && await ResetAsync(connection, ct));
                if (connection.Reused && SmtpFaults.IsHangUp(e))
                    continue;
                if (SmtpFaults.IsLost(e) || (e is OperationCanceledException && ct.IsCancellationRequested))
                    throw new SmtpFailure(SmtpFaults.Result(stage, handedOver: false, e), e);
                throw;
            }
        }
    }

    private async Task<SendResult> HandOverAsync(
        SmtpConnection connection, SmtpTransaction transaction, Func<CancellationToken, Task> handover, CancellationToken ct)
    {
        var handedOver = false;
        var usable = false;
        try
        {
            await handover(ct);
            handedOver = true;
            var result = await transaction.DeliverAsync(ct);
            usable = result.Outcome is not SendOutcome.Unknown && result.Answer is not ['4', '2', '1', ..];
            return result;
        }
        catch (Exception e) when ((handedOver && SmtpFaults.IsLost(e)) || (e is OperationCanceledException && ct.IsCancellationRequested))
        {
            return SmtpFaults.Result(handedOver ? SmtpStage.Body : SmtpStage.Data, handedOver, e);
        }
        finally
        {
            // Without its dot the server drops the message (RFC 5321 §4.1.1.4): closing is how one steps back after a 354.
            await _pool.ReturnAsync(connection, usable);
        }
    }

    /// <summary>After a refusal the connection serves on, unless answers are still to come.</summary>
    private static async Task<bool> ResetAsync(SmtpConnection connection, CancellationToken ct)
    {
        if (!connection.InStep)
            return false;
        try
        {
            return (await connection.AskAsync(SmtpStage.Idle, "RSET", ct)).Positive;
        }
        catch (Exception e) when (SmtpFaults.IsLost(e) || e is OperationCanceledException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
