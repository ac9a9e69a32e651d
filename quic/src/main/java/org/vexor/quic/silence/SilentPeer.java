package org.vexor.quic.silence;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/// One watched peer. On its connection's event loop.
public final class SilentPeer {
  /// Bytes of a connection id that nobody guesses; shorter ones prove nothing.
  private static final int UNGUESSABLE_BYTES = 8;

  /// RFC 9000 §17.2.
  private static final int LONGEST_ID_BYTES = 20;

  /// Bit of a packet's first byte: long header, which only handshakes have (RFC 9000 §17.2).
  private static final int LONG_HEADER = 0x80;

  /// A peer whose second packet, so much later, finds no port either is not just about to come
  /// back.
  private static final long BETWEEN_REFUSALS_NS = 50_000_000;

  /// Where it is in the watch's list; negative when it is no longer.
  int place;

  private final Connection connection;
  private final SilenceTimes times;
  private InetSocketAddress address;
  private boolean heard;
  private long heardNs;
  private long askedNs;
  private long pauseNs;
  private boolean asked;
  private boolean refused;
  private long refusedNs;

  /// What is known of a connection, and done to it.
  public interface Connection {
    /// The peer's address now.
    InetSocketAddress address();

    /// Whether this is the id that the peer chose and packets to it begin with.
    boolean isPeerId(byte[] id);

    /// Makes the peer acknowledge something.
    void ask();

    /// It is gone.
    void gone(String why);
  }

  SilentPeer(Connection connection, SilenceTimes times, long nowNs) {
    this.connection = connection;
    this.times = times;
    address = connection.address();
    heardNs = nowNs;
    pauseNs = times.first().toNanos();
  }

  InetSocketAddress address() {
    return address;
  }

  boolean hasMoved() {
    return !connection.address().equals(address);
  }

  void follow() {
    address = connection.address();
    refused = false;
  }

  /// A packet came. Once a turn is enough.
  public void heard() {
    heard = true;
    refused = false;
  }

  void look(long nowNs) {
    if (heard) {
      heard = false;
      heardNs = nowNs;
      // The first that comes after a question is the answer; what comes unasked is life.
      pauseNs = asked ? Math.min(2 * pauseNs, times.longest().toNanos()) : times.first().toNanos();
      asked = false;
      return;
    }
    long silentNs = nowNs - heardNs;
    if (asked && silentNs >= times.lost().toNanos()) {
      connection.gone("no answer for " + Duration.ofNanos(silentNs).toSeconds() + " s");
    } else if (asked ? refused && nowNs - askedNs >= BETWEEN_REFUSALS_NS : silentNs >= pauseNs) {
      ask(nowNs);
    }
  }

  private void ask(long nowNs) {
    asked = true;
    askedNs = nowNs;
    connection.ask();
  }

  void undelivered(ByteBuffer quoted, long nowNs) {
    if (!isOurs(quoted)) {
      return;
    }
    if (!refused) {
      refused = true;
      refusedNs = nowNs;
    } else if (nowNs - refusedNs >= BETWEEN_REFUSALS_NS) {
      connection.gone("its port is closed");
    }
  }

  /// A packet does not say how long the id is that it begins with.
  private boolean isOurs(ByteBuffer quoted) {
    if (!quoted.hasRemaining() || (quoted.get(quoted.position()) & LONG_HEADER) != 0) {
      return false;
    }
    boolean found = false;
    int longest = Math.min(quoted.remaining() - 1, LONGEST_ID_BYTES);
    for (int length = UNGUESSABLE_BYTES; length <= longest && !found; length++) {
      var id = new byte[length];
      quoted.get(quoted.position() + 1, id);
      found = connection.isPeerId(id);
    }
    return found;
  }
}
