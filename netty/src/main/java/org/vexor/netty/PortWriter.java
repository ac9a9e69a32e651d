package org.vexor.netty;

import io.netty.channel.ChannelOutboundBuffer;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;

/// Writes datagrams into the memory that a channel's port sends them from, past the channel's
/// pipeline and its queue: for code that makes datagrams in native memory. Event loop only.
///
/// `begin`, then for each datagram `reserve` and `commit` or `cancel`, then `end`. They go out with
/// the loop's turn, as flushed messages of the channel do, and after those.
public final class PortWriter {
  /// [#reserve]: there is no room until the system takes more.
  public static final long FULL = 0;

  private final PacketDatagramChannel channel;

  PortWriter(PacketDatagramChannel channel) {
    this.channel = channel;
  }

  /// Whether datagrams can be written now. Not while the channel has messages that these would
  /// overtake, is closed, or has no port whose datagrams may be so long.
  ///
  /// @param lengthBytes of the longest one
  public boolean begin(int lengthBytes) {
    if (isWaiting()) {
      var _ = channel.flush();
    }
    return channel.port().isPresent()
        && !isWaiting()
        && lengthBytes <= port().maxPayloadBytes()
        && port().sendSegment().isNative();
  }

  private boolean isWaiting() {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting == null || waiting.totalPendingWriteBytes() > 0;
  }

  private PacketPort port() {
    return channel.port().orElseThrow();
  }

  /// Makes room for one datagram.
  ///
  /// @return the address of `lengthBytes` bytes, or [#FULL]
  public long reserve(int lengthBytes) {
    PacketPort port = port();
    long offset = port.reserve(lengthBytes);
    if (offset == PacketPort.FULL && port.flush() > 0) {
      offset = port.reserve(lengthBytes);
    }
    return offset < 0 ? FULL : port.sendSegment().address() + offset;
  }

  /// Hands over what was written to the last reservation.
  public void commit(int lengthBytes, Endpoint to) {
    port().commit(lengthBytes, to.high(), to.low(), to.port());
  }

  /// Gives the last reservation back.
  public void cancel() {
    port().cancel();
  }

  /// What was committed may go.
  public void end() {
    channel.registration().onFlush();
  }
}
