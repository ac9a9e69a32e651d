package org.vexor.gossip.ping;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vexor.gossip.message.Pong;
import org.vexor.solana.Hash;
import org.vexor.solana.random.ChaCha;
import org.vexor.solana.random.Uniform;

/// Which peers answered a ping, and which were asked. One thread.
public final class PingCache {
  /// How long an answer counts.
  public static final long VALID_MS = 1_280_000;

  /// As many as Agave keeps at most.
  public static final int DEFAULT_CAPACITY = 126_976;

  private static final long RENEW_AFTER_MS = VALID_MS / 8;
  private static final long RENEW_EVERY_MS = 20_000;
  private static final long RETRY_MS = 1_000;
  private static final long RETRY_JITTER_MS = 1_000;

  private final Map<Peer, Long> verified;
  private final Map<Peer, Asked> asked;
  private final ChaCha random;

  /// @param capacity how many verified peers, and how many asked ones, are remembered
  /// @param random makes the tokens; whoever can foretell it can answer for others
  public PingCache(int capacity, ChaCha random) {
    this.verified = new Bounded<>(capacity);
    this.asked = new Bounded<>(capacity);
    this.random = random;
  }

  /// Whether the peer answered not too long ago.
  public boolean isVerified(Peer peer, long nowMs) {
    Long pongMs = verified.get(peer);
    return pongMs != null && nowMs - pongMs <= VALID_MS;
  }

  /// Whether the peer answered so lately that it need not be asked anew.
  public boolean isFresh(Peer peer, long nowMs) {
    Long pongMs = verified.get(peer);
    return pongMs != null && nowMs - pongMs <= RENEW_AFTER_MS;
  }

  /// The token of a ping to send now; none when the peer need not be asked, or was just asked.
  public Optional<Hash> ask(Peer peer, long nowMs) {
    Long pongMs = verified.get(peer);
    long ageMs = pongMs == null ? Long.MAX_VALUE : nowMs - pongMs;
    boolean valid = ageMs <= VALID_MS;
    if (ageMs <= RENEW_AFTER_MS) {
      return Optional.empty();
    }
    Asked last = asked.get(peer);
    if (last != null && nowMs - last.sinceMs() < (valid ? RENEW_EVERY_MS : last.retryMs())) {
      return Optional.empty();
    }
    byte[] token = new byte[Hash.LENGTH];
    for (int i = 0; i < token.length; i += Long.BYTES) {
      long word = random.nextLong();
      for (int j = 0; j < Long.BYTES; j++) {
        token[i + j] = (byte) (word >>> (8 * j));
      }
    }
    Hash hash = Hash.of(token);
    asked.remove(peer); // so that it becomes the youngest
    asked.put(
        peer,
        new Asked(Pong.hashOf(hash), nowMs, RETRY_MS + Uniform.single(random, RETRY_JITTER_MS)));
    return Optional.of(hash);
  }

  /// Takes an answer whose signature was checked.
  ///
  /// @return whether it answers a ping that is open
  public boolean answered(Peer peer, Hash hash, long nowMs) {
    Asked last = asked.get(peer);
    if (last == null || !last.expected().equals(hash)) {
      return false;
    }
    asked.remove(peer);
    verified.remove(peer);
    verified.put(peer, nowMs);
    return true;
  }

  /// How many peers are remembered as verified.
  public int verifiedCount() {
    return verified.size();
  }

  /// How many pings are open.
  public int askedCount() {
    return asked.size();
  }

  private record Asked(Hash expected, long sinceMs, long retryMs) {}

  /// Forgets what was put in first.
  private static final class Bounded<V> extends LinkedHashMap<Peer, V> {
    private final int capacity;

    private Bounded(int capacity) {
      this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Peer, V> eldest) {
      return size() > capacity;
    }
  }
}
