package org.vexor.packet.xdp.device;

import java.lang.foreign.MemorySegment;
import org.vexor.linux.xdp.Umem;
import org.vexor.packet.frame.FrameLedger;

/// The packet memory of one engine: frames to receive into, and behind them frames to send from.
///
/// ```
///   | 0 … receiveFrames-1 : FrameLedger | receiveFrames … : pool to send from |
/// ```
///
/// The two never mix, so a frame that a user retains is never sent from. Owner thread of the engine
/// only, but for the release of retained frames.
public final class PacketMemory {
  /// [#takeTransmit]: every frame is out.
  public static final int NONE = -1;

  private final Umem umem;
  private final FrameLedger receive;
  private final int receiveFrames;
  private final int frameShift;
  private final int[] pool;
  private int pooled;

  /// Maps it; the calling thread touches every page.
  ///
  /// @param reserve receive frames that users can never retain
  /// @param frameBytes 2048 or 4096
  public PacketMemory(int receiveFrames, int transmitFrames, int reserve, int frameBytes) {
    this.receiveFrames = receiveFrames;
    receive = new FrameLedger(receiveFrames, reserve);
    frameShift = Integer.numberOfTrailingZeros(frameBytes);
    // Two frames of 2048 bytes are a page: an odd one at the end is left unused.
    umem = Umem.map((receiveFrames + transmitFrames + 1) & ~1, frameBytes);
    pool = new int[transmitFrames];
    for (int i = transmitFrames - 1; i >= 0; i--) {
      giveTransmit(receiveFrames + i);
    }
  }

  Umem umem() {
    return umem;
  }

  /// All frames.
  public MemorySegment segment() {
    return umem.segment();
  }

  /// Who has which receive frame.
  public FrameLedger receive() {
    return receive;
  }

  boolean isReceive(int frame) {
    return frame < receiveFrames;
  }

  /// Takes a frame to send from, or [#NONE].
  public int takeTransmit() {
    return pooled == 0 ? NONE : pool[--pooled];
  }

  /// Gives one back.
  public void giveTransmit(int frame) {
    pool[pooled++] = frame;
  }

  /// Frames that [#takeTransmit] can give.
  public int transmitAvailable() {
    return pooled;
  }

  /// Frames that are neither free nor retained by users: with the kernel, queued, or lost.
  public int outstanding() {
    int _ = receive.reclaim();
    return receiveFrames - receive.available() - receive.retained() + pool.length - pooled;
  }

  /// Where a frame begins in [#segment].
  public long offset(int frame) {
    return (long) frame << frameShift;
  }

  /// The frame that an offset lies in.
  public int frame(long offset) {
    return (int) (offset >>> frameShift);
  }

  /// Bytes of a frame.
  public int frameBytes() {
    return 1 << frameShift;
  }
}
