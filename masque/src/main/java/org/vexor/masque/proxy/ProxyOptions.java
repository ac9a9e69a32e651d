package org.vexor.masque.proxy;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.select.Selection;
import org.vexor.packet.select.Wanted;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.tls.TlsOptions;

/// How a proxy is started; nothing of this changes while it runs.
///
/// @param name by which it speaks of itself in `Proxy-Status` and knows itself in `Via`
/// @param listen address and port number, the same for UDP and TCP; number 0 lets the system choose
/// @param tls what it shows, and what it does about clients' certificates
/// @param cores event loops for packets, one engine each
/// @param http3 whether to serve HTTP/3 on UDP
/// @param tcp whether to serve HTTP/2 and HTTP/1.1 on TCP
/// @param quic of connections of clients
/// @param packets what moves the packets of HTTP/3; sockets towards targets are always the kernel's
public record ProxyOptions(
    String name,
    InetSocketAddress listen,
    TlsOptions tls,
    int cores,
    boolean http3,
    boolean tcp,
    EndpointOptions quic,
    Selection packets) {
  /// What an Ethernet path carries, over IPv6 too: tunnels then carry the full packets of any QUIC
  /// (1,252 bytes Firefox's, 1,350 Chrome's). Probed for, so that narrower paths get what they
  /// carry; where it fits, it is known before the first request is there, as both take a round
  /// trip.
  public static final int PACKET_BYTES = 1_452;

  /// Longer than any packet of QUIC on Ethernet; some turns' worth of frames, as QUIC gives each
  /// back at once. What comes in a burst waits in the system's buffers.
  private static final EngineOptions ENGINE = new EngineOptions(2_048, 2_048, 1_024);

  /// A tunnel ends with its connection, and should last two minutes without a datagram (RFC 9298
  /// §3.1).
  private static final Duration IDLE = Duration.ofMinutes(2);

  /// On the way into QUIC, and out of it: a few turns' worth. A longer queue under overload makes
  /// every datagram late instead of losing some.
  private static final int DATAGRAM_QUEUE = 512;

  /// Control, QPACK's two, and what a peer greases with.
  private static final int UNIDIRECTIONAL_STREAMS = 16;

  public ProxyOptions {
    if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',')) {
      throw new IllegalArgumentException(
          "proxy name '" + name + "' is not a word of printable characters without commas");
    }
    if (cores < 1) {
      throw new IllegalArgumentException("a proxy needs at least one core, not " + cores);
    }
    if (cores > 1 && packets.wanted() == Wanted.AF_XDP) {
      throw new IllegalArgumentException(
          "AF_XDP takes the queues of its interface for one core, and %d are asked for"
              .formatted(cores));
    }
    if (!http3 && !tcp) {
      throw new IllegalArgumentException("a proxy that serves neither UDP nor TCP");
    }
  }

  /// On kernel sockets.
  public ProxyOptions(
      String name,
      InetSocketAddress listen,
      TlsOptions tls,
      int cores,
      boolean http3,
      boolean tcp,
      EndpointOptions quic) {
    this(name, listen, tls, cores, http3, tcp, quic, packets(Endpoint.of(listen), Wanted.UDP));
  }

  /// What moves the packets, with memory fit for a proxy.
  ///
  /// @param wanted of [Wanted#AUTO] each core gets the best that is left for it
  public static Selection packets(Endpoint listen, Wanted wanted) {
    return Selection.automatic(listen).withWanted(wanted).withEngine(ENGINE);
  }

  /// Of connections of clients, when nothing else is said.
  public static EndpointOptions quic(int streamsPerConnection) {
    return EndpointOptions.DEFAULT
        .withIdleTimeout(IDLE)
        .withPathMtu(PACKET_BYTES, true)
        .withStreams(streamsPerConnection, UNIDIRECTIONAL_STREAMS)
        .withDatagramQueue(DATAGRAM_QUEUE)
        .withHystart(false);
  }
}
