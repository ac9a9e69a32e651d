package org.vexor.masque.datagram;

/// What became of a datagram that came in.
public enum DatagramFate {
  /// Handed to its request.
  DELIVERED,
  /// Kept for a request that is not there yet; counted again as what becomes of it then.
  HELD,
  /// The request ended before; dropped.
  FINISHED,
  /// The request takes no datagrams: the stream is to be aborted (RFC 9297 §2).
  NOT_ALLOWED,
  /// Too many, or too many bytes, were held already; dropped.
  EARLY_FULL,
  /// Held, and no request came in time; dropped.
  EARLY_EXPIRED,
  /// Without a quarter stream id, or with an impossible one: the connection is in error.
  MALFORMED
}
