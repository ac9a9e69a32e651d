package org.vexor.packet.channel;

import java.lang.foreign.MemorySegment;
import org.vexor.packet.Datagram;
import org.vexor.packet.Endpoint;

/// The view that a [ChannelPort] lends, pointed at one frame after another.
final class ChannelDatagram implements Datagram {
  private final ChannelEngine engine;
  private int frame;
  private long offset;
  private int length;
  private Endpoint source = Endpoint.loopback(0);
  private long receivedNs;

  ChannelDatagram(ChannelEngine engine) {
    this.engine = engine;
  }

  void point(int newFrame, int frameBytes, int newLength, Endpoint newSource) {
    frame = newFrame;
    offset = (long) newFrame * frameBytes;
    length = newLength;
    source = newSource;
    receivedNs = System.nanoTime();
  }

  @Override
  public MemorySegment segment() {
    return engine.frames();
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public long sourceHigh() {
    return source.high();
  }

  @Override
  public long sourceLow() {
    return source.low();
  }

  @Override
  public int sourcePort() {
    return source.port();
  }

  @Override
  public long receivedNs() {
    return receivedNs;
  }

  @Override
  public long retain() {
    return engine.ledger().retain(frame) ? frame : NOT_RETAINED;
  }
}
