package org.vexor.quic;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.util.concurrent.Future;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// The largest datagram that fits a packet of a connection. Netty says it only once, before
/// discovery of the path is done. Event loop only, but for [#maxBytes].
final class PathLimit {
  /// What a short-header packet adds to a datagram, besides a connection id of 0 to 20 bytes: first
  /// byte, packet number as quiche reserves it, authentication tag, frame type and length.
  private static final int SMALLEST_OVERHEAD_BYTES = 1 + 4 + 16 + 3;

  private static final int LARGEST_OVERHEAD_BYTES = SMALLEST_OVERHEAD_BYTES + 20;
  private static final long CHECK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(250);

  /// Asking quiche costs about a microsecond.
  private static final long WANTED_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);

  /// Discovery of the path is over within a few round trips; after that little changes.
  private static final long FIRST_LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final long LONGEST_LOOK_NS = TimeUnit.SECONDS.toNanos(5);

  /// For so long after the handshake more may turn out to fit any moment: a round trip of most
  /// paths, and the 25 ms for which QUIC may put off an acknowledgement.
  private static final long SETTLING_NS = TimeUnit.MILLISECONDS.toNanos(250);

  private final QuicChannel channel;
  private final int largestPacketBytes;
  private final Runnable changed;

  /// Learned when the connection opens, as the length of the peer's connection ids is not told.
  /// Empty when the peer's own limit is below what a packet holds: then the limit stays as it is.
  private OptionalInt overheadBytes = OptionalInt.empty();

  private long checkedNs;
  private long settledNs;
  private volatile int maxBytes;
  private boolean over;

  /// @param largestPacketBytes that is probed for; 0 when none is
  /// @param changed called when the limit is another one
  PathLimit(QuicChannel channel, int largestPacketBytes, Runnable changed) {
    this.channel = channel;
    this.largestPacketBytes = largestPacketBytes;
    this.changed = changed;
  }

  /// The peer takes datagrams.
  void begin(int maximum) {
    maxBytes = maximum;
    checkedNs = System.nanoTime();
    settledNs = checkedNs + SETTLING_NS;
    int difference = pathMtu().orElse(0) - maximum;
    boolean ofPacket =
        difference >= SMALLEST_OVERHEAD_BYTES && difference <= LARGEST_OVERHEAD_BYTES;
    overheadBytes = ofPacket ? OptionalInt.of(difference) : OptionalInt.empty();
    lookAfter(FIRST_LOOK_NS);
  }

  /// Looks at the path also while nothing is sent, at growing intervals.
  private void lookAfter(long delayNs) {
    var _ =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  if (!over) {
                    learn(System.nanoTime());
                    lookAfter(Math.min(2 * delayNs, LONGEST_LOOK_NS));
                  }
                },
                delayNs,
                TimeUnit.NANOSECONDS);
  }

  /// Largest payload now; 0 while the peer takes none. Any thread.
  int maxBytes() {
    return maxBytes;
  }

  /// Looks at the path, if the last look is long ago.
  void check(long nowNs) {
    if (nowNs - checkedNs >= CHECK_INTERVAL_NS) {
      learn(nowNs);
    }
  }

  /// A datagram within the limit was too large: the next check looks.
  void expire() {
    checkedNs = System.nanoTime() - CHECK_INTERVAL_NS;
  }

  /// Whether a datagram above the limit may fit a moment later: the path is still being found out.
  boolean mayFitSoon(int bytes) {
    if (maxBytes == 0 || overheadBytes.isEmpty()) {
      return false;
    }
    long nowNs = System.nanoTime();
    if (nowNs - checkedNs >= WANTED_INTERVAL_NS) {
      learn(nowNs);
    }
    boolean settling = nowNs - settledNs < 0;
    return bytes <= maxBytes
        || (settling && bytes <= largestPacketBytes - overheadBytes.getAsInt());
  }

  private void learn(long nowNs) {
    if (maxBytes == 0) {
      return;
    }
    checkedNs = nowNs;
    OptionalInt mtu = pathMtu();
    if (mtu.isPresent() && overheadBytes.isPresent()) {
      int maximum = mtu.getAsInt() - overheadBytes.getAsInt();
      if (maximum > 0 && maximum != maxBytes) {
        maxBytes = maximum;
        changed.run();
      }
    }
  }

  private OptionalInt pathMtu() {
    Future<QuicConnectionPathStats> path = channel.collectPathStats(0);
    return path.isSuccess()
        ? OptionalInt.of(Math.toIntExact(path.getNow().pmtu()))
        : OptionalInt.empty();
  }

  void end() {
    over = true;
  }
}
