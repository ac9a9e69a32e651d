package org.vexor.node.route;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.Datagram;

/// A view of another engine's datagram, as long as that is lent; its frame tells whose it is.
final class LentDatagram implements Datagram {
  private final long mark;
  private @Nullable Datagram datagram;

  /// @param mark bits that no frame of that engine has, set in those that are retained
  LentDatagram(long mark) {
    this.mark = mark;
  }

  LentDatagram of(Datagram lent) {
    datagram = lent;
    return this;
  }

  private Datagram lent() {
    Datagram now = datagram;
    if (now == null) {
      throw new IllegalStateException("the datagram was not set");
    }
    return now;
  }

  @Override
  public MemorySegment segment() {
    return lent().segment();
  }

  @Override
  public long offset() {
    return lent().offset();
  }

  @Override
  public int length() {
    return lent().length();
  }

  @Override
  public long sourceHigh() {
    return lent().sourceHigh();
  }

  @Override
  public long sourceLow() {
    return lent().sourceLow();
  }

  @Override
  public int sourcePort() {
    return lent().sourcePort();
  }

  @Override
  public long receivedNs() {
    return lent().receivedNs();
  }

  @Override
  public long retain() {
    long frame = lent().retain();
    return frame == NOT_RETAINED ? frame : frame | mark;
  }
}
