package org.vexor.quic.admission;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Remembers the tokens that opened a connection until they expire, so that none opens two. Shared
/// by the event loops of an endpoint; asked once a connection, so a lock does.
final class UsedTokens {
  private final Map<Long, Long> expiryMsByTag = new LinkedHashMap<>();
  private final int capacity;
  private final LongSupplier clockMs;

  UsedTokens(int capacity, LongSupplier clockMs) {
    this.capacity = capacity;
    this.clockMs = clockMs;
  }

  synchronized boolean contains(long tag) {
    return expiryMsByTag.containsKey(tag);
  }

  /// Whether the token is now remembered; false when there is no room, and then it must not be
  /// used.
  synchronized boolean add(long tag, long expiryMs) {
    forgetExpired();
    if (expiryMsByTag.size() >= capacity) {
      return false;
    }
    expiryMsByTag.put(tag, expiryMs);
    return true;
  }

  /// Tokens are used soon after they are minted, so the oldest entries expire about first; one that
  /// is out of order delays those behind it, no more.
  private void forgetExpired() {
    long nowMs = clockMs.getAsLong();
    Iterator<Long> expiries = expiryMsByTag.values().iterator();
    while (expiries.hasNext() && expiries.next() < nowMs) {
      expiries.remove();
    }
  }

  synchronized int size() {
    return expiryMsByTag.size();
  }
}
