package org.vexor.quic;

import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.handler.codec.quic.QuicConnectionStats;

/// What a connection moved, as QUIC counts it; streams and datagrams together.
///
/// @param rttNs smoothed round trip time
/// @param congestionWindowBytes how much may be under way unacknowledged
/// @param pathMtuBytes largest UDP payload that is sent now
/// @param deliveryRateBytes delivered a second, as estimated last
/// @param datagrams of RFC 9221, which QUIC itself does not count
public record ConnectionStatistics(
    long packetsSent,
    long packetsReceived,
    long packetsLost,
    long packetsRetransmitted,
    long bytesSent,
    long bytesReceived,
    long bytesLost,
    long rttNs,
    long congestionWindowBytes,
    long pathMtuBytes,
    long deliveryRateBytes,
    DatagramCounters datagrams) {
  static ConnectionStatistics of(
      QuicConnectionStats total, QuicConnectionPathStats path, DatagramCounters datagrams) {
    return new ConnectionStatistics(
        total.sent(),
        total.recv(),
        total.lost(),
        total.retrans(),
        total.sentBytes(),
        total.recvBytes(),
        total.lostBytes(),
        path.rtt(),
        path.cwnd(),
        path.pmtu(),
        path.deliveryRate(),
        datagrams);
  }
}
