namespace Relance.Evidence;

/// <summary>A time-stamp as an authority answered it, over the hash of an entry.</summary>
/// <param name="At">The instant that the authority vouches for.</param>
/// <param name="Authority">Host of the authority.</param>
/// <param name="Token">RFC 3161, TimeStampToken: <c>openssl ts -verify -token_in</c> reads it.</param>
internal sealed record KeptStamp(long Seq, string Hash, DateTimeOffset At, string Authority, byte[] Token);
