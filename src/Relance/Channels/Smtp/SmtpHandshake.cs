using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Relance.Channels.Smtp;

/// <summary>From nothing to a connection that is greeted, encrypted as set, and logged in.</summary>
internal static class SmtpHandshake
{
    /// <summary>Opens a connection that is ready for MAIL.</summary>
    /// <exception cref="SmtpFailure">The server, or our settings, said no.</exception>
    public static async Task<SmtpConnection> OpenAsync(SmtpOptions options, TimeProvider clock, CancellationToken ct)
    {
        var connection = new SmtpConnection(await ConnectAsync(options, clock, ct), options, clock);
        try
        {
            await GreetAsync(connection, options, ct);
            await LogInAsync(connection, options, ct);
            connection.Stage = SmtpStage.Idle;
            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync();
            if (SmtpFaults.IsLost(e) || e is OperationCanceledException)
                throw new SmtpFailure(SmtpFaults.Result(connection.Stage, handedOver: false, e), e);
            throw;
        }
    }

    private static async Task<Socket> ConnectAsync(SmtpOptions options, TimeProvider clock, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var host = new IdnMapping().GetAscii(options.Host);
            await Limit.RunAsync(clock, options.Timeouts.Connect, ct, async token =>
            {
                await socket.ConnectAsync(host, options.EffectivePort, token);
                return true;
            });
            return socket;
        }
        catch (Exception e) when (SmtpFaults.IsLost(e) || e is OperationCanceledException)
        {
            socket.Dispose();
            throw new SmtpFailure(SmtpFaults.Result(SmtpStage.Connect, handedOver: false, e), e);
        }
    }

    private static async Task GreetAsync(SmtpConnection connection, SmtpOptions options, CancellationToken ct)
    {
        if (options.Security is SmtpSecurity.Tls)
            await connection.EncryptAsync(ct);
        Demand(SmtpStage.Greeting, await connection.ReadAsync(options.Timeouts.Greeting, ct));
        await HelloAsync(connection, ct);
        if (options.Security is not SmtpSecurity.StartTls)
            return;
        if (!connection.Capabilities.StartTls)
            throw SmtpFailure.Misconfigured($"{options.Host} does not offer STARTTLS, and Smtp:Security demands it");
        Demand(SmtpStage.StartTls, await connection.AskAsync(SmtpStage.StartTls, "STARTTLS", ct));
        await connection.EncryptAsync(ct);
        await HelloAsync(connection, ct);
    }

    private static async Task HelloAsync(SmtpConnection connection, CancellationToken ct)
    {
        var reply = await connection.AskAsync(SmtpStage.Ehlo, $"EHLO {connection.HelloName}", ct);
        Demand(SmtpStage.Ehlo, reply);
        connection.Capabilities = SmtpCapabilities.Parse(reply);
    }

    /// <summary>AUTH PLAIN (RFC 4616, 4954), never in clear except to this machine.</summary>
    private static async Task LogInAsync(SmtpConnection connection, SmtpOptions options, CancellationToken ct)
    {
        if (options.User is null)
            return;
        if (!connection.Encrypted && !connection.Loopback)
            throw SmtpFailure.Misconfigured("a password is never sent in clear: set Smtp:Security to starttls or tls");
        if (!connection.Capabilities.Auth.Contains("PLAIN", StringComparer.Ordinal))
            throw SmtpFailure.Misconfigured($"{options.Host} does not offer AUTH PLAIN (it offers: {string.Join(' ', connection.Capabilities.Auth)})");
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{options.User}\0{options.Password}"));
        var reply = await connection.AskAsync(SmtpStage.Auth, $"AUTH PLAIN {token}", ct);
        // Some servers repeat a command they do not understand, password included.
        Demand(SmtpStage.Auth, new SmtpReply(reply.Code, [.. reply.Lines.Select(line => Hide(Hide(line, token), options.Password!))]));
    }

    private static string Hide(string line, string secret) => secret.Length == 0 ? line : line.Replace(secret, "•••", StringComparison.OrdinalIgnoreCase);

    private static void Demand(SmtpStage stage, SmtpReply reply)
    {
        if (!reply.Positive)
            throw SmtpFailure.From(stage, reply);
    }
}
