package org.vexor.packet.uring;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vexor.linux.uring.BufferRing;
import org.vexor.linux.uring.IoUring;
import org.vexor.linux.uring.MultishotReceive;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.frame.FrameLedger;

/// The receive frames of an engine, some of them lent to the kernel to receive into. Owner thread
/// only.
///
/// ```
///   frame: | header, name, control (80 bytes, the kernel's) | payload |
/// ```
final class FrameLender {
  /// Ids of buffers are 16 bits.
  private static final int MOST_FRAMES = 1 << 16;

  private static final int LINE_BYTES = 64;
  private static final int GROUP = 0;

  private final FrameLedger ledger;
  private final MemorySegment frames;
  private final long address;
  private final int frameBytes;
  private final int bufferBytes;
  private final int entries;
  private final boolean[] lent;
  private BufferRing buffers;
  private int count;

  /// @param most frames that the kernel has at a time
  FrameLender(EngineOptions options, int most, IoUring ring) {
    int total = Math.min(options.receiveFrames(), MOST_FRAMES);
    ledger = new FrameLedger(total, Math.max(1, total / 8));
    bufferBytes = MultishotReceive.PAYLOAD + options.maxPayloadBytes();
    frameBytes = (bufferBytes + LINE_BYTES - 1) & -LINE_BYTES;
    // Collected when nobody refers to it any more, so a retained frame outlives the engine.
    frames = Arena.ofAuto().allocate((long) total * frameBytes, LINE_BYTES);
    address = frames.address();
    lent = new boolean[total];
    entries = Integer.highestOneBit(Math.min(total, most));
    buffers = new BufferRing(ring, entries, GROUP);
  }

  FrameLedger ledger() {
    return ledger;
  }

  MemorySegment frames() {
    return frames;
  }

  BufferRing buffers() {
    return buffers;
  }

  /// Where a frame begins in [#frames].
  long offset(int frame) {
    return (long) frame * frameBytes;
  }

  /// Lends free frames up to the most.
  ///
  /// @return whether the kernel has some
  boolean lend() {
    if (count < entries) {
      int before = count;
      while (count < entries) {
        int frame = ledger.take();
        if (frame == FrameLedger.NONE) {
          break;
        }
        lent[frame] = true;
        count++;
        buffers.add(address + offset(frame), bufferBytes, frame);
      }
      if (count > before) {
        buffers.publish();
      }
    }
    return count > 0;
  }

  /// The kernel has received into this frame: it is the owner's, as if just taken.
  void received(int frame) {
    lent[frame] = false;
    count--;
  }

  /// Takes back all that was lent to a ring which is closed now, and lends to another from now on.
  void move(IoUring ring) {
    close();
    buffers = new BufferRing(ring, entries, GROUP);
  }

  /// Takes back all that was lent to a ring which is closed now.
  void close() {
    buffers.close();
    for (int frame = 0; frame < lent.length && count > 0; frame++) {
      if (lent[frame]) {
        received(frame);
        ledger.give(frame);
      }
    }
  }
}
