package org.vexor.packet.xdp;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.vexor.packet.Datagram;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.PacketPort;

/// Gives what a port's kernel socket received to the port's handler, as if it had come by AF_XDP.
///
/// Frames retained here are told from those of AF_XDP by a bit, for the engine's `release`.
final class KernelSide implements DatagramHandler, Datagram {
  /// In the ids of frames that are the socket engine's. Ids of both are small and not negative.
  static final long TAG = 1L << 62;

  private final DatagramHandler handler;
  private final Astray astray;
  private Optional<PacketPort> outer = Optional.empty();
  private Datagram inner = this;

  KernelSide(DatagramHandler handler, Astray astray) {
    this.handler = handler;
    this.astray = astray;
  }

  /// Says which port the handler is to see.
  void show(PacketPort port) {
    outer = Optional.of(port);
  }

  @Override
  public void onDatagram(PacketPort port, Datagram datagram) {
    inner = datagram;
    astray.look(datagram);
    handler.onDatagram(outer.orElse(port), this);
  }

  @Override
  public void onPeerRefused(PacketPort port) {
    handler.onPeerRefused(outer.orElse(port));
  }

  @Override
  public MemorySegment segment() {
    return inner.segment();
  }

  @Override
  public long offset() {
    return inner.offset();
  }

  @Override
  public int length() {
    return inner.length();
  }

  @Override
  public long sourceHigh() {
    return inner.sourceHigh();
  }

  @Override
  public long sourceLow() {
    return inner.sourceLow();
  }

  @Override
  public int sourcePort() {
    return inner.sourcePort();
  }

  @Override
  public long receivedNs() {
    return inner.receivedNs();
  }

  @Override
  public long retain() {
    long frame = inner.retain();
    return frame == NOT_RETAINED ? NOT_RETAINED : frame | TAG;
  }
}
