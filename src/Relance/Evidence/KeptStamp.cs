namespace Relance.Evidence;

/// <summary>A time-stamp as an authority answered it, over the hash of an entry.</summary>
/// <param name="At">The instant that the authority vouches for.</param>
/// <param name="Authority">Host of the authority.</param>
/// <param name="Answer">The whole answer (RFC 3161, TimeStampResp), as <c>openssl ts</c> reads it.</param>
internal sealed record KeptStamp(long Seq, string Hash, DateTimeOffset At, string Authority, byte[] Answer);
