package org.vexor.gossip.crds;

/// Why bytes are not a gossip message, or a message is not taken.
public enum GossipRefusal {
  /// Not refused.
  NONE,
  /// Longer than any datagram of the network.
  TOO_LONG,
  /// The bytes end before the message does.
  TRUNCATED,
  /// Bytes follow after the message.
  TRAILING_BYTES,
  /// No message has this tag.
  UNKNOWN_MESSAGE,
  /// No value has this tag, so nothing behind it can be found.
  UNKNOWN_VALUE,
  /// A count is above its bound, or above what the bytes can hold.
  COUNT_BEYOND_BOUND,
  /// A number, an option or a bit vector is not in the one form it may have.
  NOT_CANONICAL,
  /// A wall clock, slot or index is out of its range, or fields contradict each other.
  OUT_OF_RANGE,
  /// A contact info whose addresses and sockets do not fit each other.
  CONTACT_INFO,
  /// A vote whose transaction is none.
  TRANSACTION,
  /// A prune message that names two different senders.
  PRUNE_SENDER
}
