using System.Net.Sockets;

namespace Relance.Channels.Smtp;

/// <summary>The ways a conversation can break by itself.</summary>
internal static class SmtpFaults
{
    public static bool IsLost(Exception e) => e is IOException or SocketException or TimeoutException or InvalidDataException or ObjectDisposedException;

    /// <summary>The server hung up, as it may between two messages: worth another connection at once.</summary>
    public static bool IsHangUp(Exception e) => e is IOException or SocketException or SmtpFailure { ServerCloses: true };

    /// <summary>Names the stage, then what happened; before hand-over nothing left, after it nobody knows.</summary>
    public static SendResult Result(SmtpStage stage, bool handedOver, Exception e) => new(
        handedOver ? SendOutcome.Unknown : SendOutcome.Deferred,
        $"{Words(stage)}: {(e is OperationCanceledException ? "the attempt was stopped" : (e.InnerException as SocketException ?? e).Message)}");

    private static string Words(SmtpStage stage) => stage switch
    {
        SmtpStage.Connect => "connecting",
        SmtpStage.Greeting => "waiting for the greeting",
        SmtpStage.Body => "after the message was handed over",
        SmtpStage.Idle => "between two messages",
        SmtpStage.Recipient => "at RCPT",
        _ => $"at {stage.ToString().ToUpperInvariant()}",
    };
}
