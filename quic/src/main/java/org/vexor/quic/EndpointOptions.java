package org.vexor.quic;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// How the connections of an endpoint behave; the transport parameters of RFC 9000 §18.2 and what
/// quiche lets one choose besides.
///
/// @param idleTimeout after which a silent connection is over; the smaller of both sides' counts
/// @param maxUdpPayloadBytes largest packet ever sent; 1,472 is an IPv4 Ethernet frame, 1,452 an
///   IPv6 one
/// @param discoverPathMtu whether to start at 1,200 and probe up to the largest. Otherwise the
///   largest is used at once, and a path that cannot carry it is a black hole. Needs packets that
///   are not fragmented on the way, which is the port's affair
/// @param maxReceivedUdpPayloadBytes largest packet that the peer may send, its probes of the path
///   included. A tunnel that ends when a larger one arrives needs it low
/// @param connectionWindowBytes what the peer may send in total beyond what was read
/// @param streamWindowBytes the same of one stream
/// @param bidirectionalStreams that the peer may have open
/// @param unidirectionalStreams that the peer may have open
/// @param datagramQueue datagrams (RFC 9221) that may wait in each direction; 0 switches them off
/// @param congestionControl how much to send
/// @param hystart whether slow start ends as soon as round trips grow, before anything was lost
///   (HyStart++, RFC 9406). Behind a queue that is never empty they always do, and from then on a
///   window grows by some tens of packets a second. What is in a tunnel has a window of its own
/// @param migration whether the peer may move to another address
/// @param qlogFolder where to write a qlog file of each connection
public record EndpointOptions(
    Duration idleTimeout,
    int maxUdpPayloadBytes,
    boolean discoverPathMtu,
    int maxReceivedUdpPayloadBytes,
    long connectionWindowBytes,
    long streamWindowBytes,
    long bidirectionalStreams,
    long unidirectionalStreams,
    int datagramQueue,
    CongestionControl congestionControl,
    boolean hystart,
    boolean migration,
    Optional<Path> qlogFolder) {
  /// What each path of QUIC carries (RFC 9000 §14).
  public static final int SMALLEST_MTU = 1_200;

  /// All that fits into UDP; the default of RFC 9000 §18.2.
  private static final int ANY_RECEIVED = 65_527;

  /// Windows for 1 Gbit/s at 64 ms.
  public static final EndpointOptions DEFAULT =
      new EndpointOptions(
          Duration.ofSeconds(30),
          1_452,
          true,
          ANY_RECEIVED,
          8 << 20,
          4 << 20,
          100,
          100,
          1_024,
          CongestionControl.CUBIC,
          true,
          true,
          Optional.empty());

  /// A client of Solana transaction ports: sends on streams that it opens, receives nothing.
  public static final EndpointOptions SOLANA_CLIENT =
      DEFAULT.withStreams(0, 0).withDatagramQueue(0).withMigration(false);

  /// Which algorithm decides how much is under way.
  public enum CongestionControl {
    CUBIC,
    RENO,
    BBR
  }

  public EndpointOptions {
    if (idleTimeout.isNegative() || idleTimeout.isZero()) {
      throw new IllegalArgumentException("idle time-out " + idleTimeout + " is not positive");
    }
    if (maxUdpPayloadBytes < SMALLEST_MTU || maxUdpPayloadBytes > 0xffff) {
      throw new IllegalArgumentException(
          "UDP payload " + maxUdpPayloadBytes + " is not between 1200 and 65535 bytes");
    }
    if (maxReceivedUdpPayloadBytes < SMALLEST_MTU || maxReceivedUdpPayloadBytes > ANY_RECEIVED) {
      throw new IllegalArgumentException(
          "received UDP payload "
              + maxReceivedUdpPayloadBytes
              + " is not between 1200 and 65527 bytes");
    }
    if (connectionWindowBytes < 0
        || streamWindowBytes < 0
        || bidirectionalStreams < 0
        || unidirectionalStreams < 0
        || datagramQueue < 0) {
      throw new IllegalArgumentException("windows, streams and queues cannot be negative");
    }
  }

  public EndpointOptions withIdleTimeout(Duration timeout) {
    return with(draft -> draft.idleTimeout = timeout);
  }

  public EndpointOptions withPathMtu(int largestUdpPayloadBytes, boolean discover) {
    return with(
        draft -> {
          draft.maxUdpPayloadBytes = largestUdpPayloadBytes;
          draft.discoverPathMtu = discover;
        });
  }

  public EndpointOptions withMaxReceived(int largestUdpPayloadBytes) {
    return with(draft -> draft.maxReceivedUdpPayloadBytes = largestUdpPayloadBytes);
  }

  public EndpointOptions withWindows(long connectionBytes, long streamBytes) {
    return with(
        draft -> {
          draft.connectionWindowBytes = connectionBytes;
          draft.streamWindowBytes = streamBytes;
        });
  }

  public EndpointOptions withStreams(long bidirectional, long unidirectional) {
    return with(
        draft -> {
          draft.bidirectionalStreams = bidirectional;
          draft.unidirectionalStreams = unidirectional;
        });
  }

  public EndpointOptions withDatagramQueue(int datagrams) {
    return with(draft -> draft.datagramQueue = datagrams);
  }

  public EndpointOptions withCongestionControl(CongestionControl algorithm) {
    return with(draft -> draft.congestionControl = algorithm);
  }

  public EndpointOptions withHystart(boolean on) {
    return with(draft -> draft.hystart = on);
  }

  public EndpointOptions withMigration(boolean allowed) {
    return with(draft -> draft.migration = allowed);
  }

  public EndpointOptions withQlog(Path folder) {
    return with(draft -> draft.qlogFolder = Optional.of(folder));
  }

  private EndpointOptions with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /// The components while some of them change.
  private static final class Draft {
    private Duration idleTimeout;
    private int maxUdpPayloadBytes;
    private boolean discoverPathMtu;
    private int maxReceivedUdpPayloadBytes;
    private long connectionWindowBytes;
    private long streamWindowBytes;
    private long bidirectionalStreams;
    private long unidirectionalStreams;
    private int datagramQueue;
    private CongestionControl congestionControl;
    private boolean hystart;
    private boolean migration;
    private Optional<Path> qlogFolder;

    private Draft(EndpointOptions from) {
      idleTimeout = from.idleTimeout;
      maxUdpPayloadBytes = from.maxUdpPayloadBytes;
      discoverPathMtu = from.discoverPathMtu;
      maxReceivedUdpPayloadBytes = from.maxReceivedUdpPayloadBytes;
      connectionWindowBytes = from.connectionWindowBytes;
      streamWindowBytes = from.streamWindowBytes;
      bidirectionalStreams = from.bidirectionalStreams;
      unidirectionalStreams = from.unidirectionalStreams;
      datagramQueue = from.datagramQueue;
      congestionControl = from.congestionControl;
      hystart = from.hystart;
      migration = from.migration;
      qlogFolder = from.qlogFolder;
    }

    private EndpointOptions options() {
      return new EndpointOptions(
          idleTimeout,
          maxUdpPayloadBytes,
          discoverPathMtu,
          maxReceivedUdpPayloadBytes,
          connectionWindowBytes,
          streamWindowBytes,
          bidirectionalStreams,
          unidirectionalStreams,
          datagramQueue,
          congestionControl,
          hystart,
          migration,
          qlogFolder);
    }
  }
}
