package org.vexor.packet.frame;

import java.lang.foreign.MemorySegment;
import org.vexor.packet.Datagram;

/// The view that an engine lends, pointed at one frame after another. Owner thread only.
public final class FrameDatagram implements Datagram {
  private final MemorySegment frames;
  private final FrameLedger ledger;
  private int frame;
  private long offset;
  private int length;
  private long sourceHigh;
  private long sourceLow;
  private int sourcePort;
  private long receivedNs;

  /// @param frames the memory of all frames
  public FrameDatagram(MemorySegment frames, FrameLedger ledger) {
    this.frames = frames;
    this.ledger = ledger;
  }

  /// Points it at a payload.
  public void payload(int newFrame, long newOffset, int newLength, long newReceivedNs) {
    frame = newFrame;
    offset = newOffset;
    length = newLength;
    receivedNs = newReceivedNs;
  }

  /// Says who sent it.
  public void source(long high, long low, int port) {
    sourceHigh = high;
    sourceLow = low;
    sourcePort = port;
  }

  @Override
  public MemorySegment segment() {
    return frames;
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
    return sourceHigh;
  }

  @Override
  public long sourceLow() {
    return sourceLow;
  }

  @Override
  public int sourcePort() {
    return sourcePort;
  }

  @Override
  public long receivedNs() {
    return receivedNs;
  }

  @Override
  public long retain() {
    return ledger.retain(frame) ? frame : NOT_RETAINED;
  }
}
