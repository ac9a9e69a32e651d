package org.vexor.quic;

import io.netty.handler.codec.quic.QLogConfiguration;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// [EndpointOptions] in Netty's words.
final class Codecs {
  /// Connection ids that the peer may hand out. quiche keeps as many paths, and with its default of
  /// 2 a connection is lost when a NAT gives the client its second new port.
  private static final long CONNECTION_IDS = 8;

  private Codecs() {}

  static QuicClientCodecBuilder client(EndpointOptions options) {
    return apply(new QuicClientCodecBuilder(), options);
  }

  static QuicServerCodecBuilder server(EndpointOptions options) {
    return apply(new QuicServerCodecBuilder(), options);
  }

  private static <B extends QuicCodecBuilder<B>> B apply(B builder, EndpointOptions options) {
    builder
        .maxIdleTimeout(options.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .maxSendUdpPayloadSize(options.maxUdpPayloadBytes())
        .maxRecvUdpPayloadSize(options.maxReceivedUdpPayloadBytes())
        .discoverPmtu(options.discoverPathMtu())
        .initialMaxData(options.connectionWindowBytes())
        .initialMaxStreamDataBidirectionalLocal(options.streamWindowBytes())
        .initialMaxStreamDataBidirectionalRemote(options.streamWindowBytes())
        .initialMaxStreamDataUnidirectional(options.streamWindowBytes())
        .initialMaxStreamsBidirectional(options.bidirectionalStreams())
        .initialMaxStreamsUnidirectional(options.unidirectionalStreams())
        .activeConnectionIdLimit(CONNECTION_IDS)
        .hystart(options.hystart())
        .activeMigration(options.migration())
        .congestionControlAlgorithm(
            switch (options.congestionControl()) {
              case CUBIC -> QuicCongestionControlAlgorithm.CUBIC;
              case RENO -> QuicCongestionControlAlgorithm.RENO;
              case BBR -> QuicCongestionControlAlgorithm.BBR;
            });
    if (options.datagramQueue() > 0) {
      builder.datagram(options.datagramQueue(), options.datagramQueue());
    }
    return builder;
  }

  /// Where quiche writes; Netty appends the connection's name to an existing folder only.
  static QLogConfiguration qlog(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("qlog folder " + folder + " cannot be created", e);
    }
    return new QLogConfiguration(folder.toString(), "vexor", "QUIC connection of Vexor");
  }
}
