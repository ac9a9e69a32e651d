package org.vexor.packet.xdp;

import org.vexor.packet.EngineOptions;
import org.vexor.packet.xdp.header.HeaderWriter;

/// The packet memory that an engine will want.
///
/// @param transmitFrames frames to send from, apart from those to receive into
/// @param frameBytes 2048 or 4096
public record MemoryPlan(int receiveFrames, int transmitFrames, int frameBytes) {
  /// Frames of this size hold an MTU of 1500 behind the kernel's headroom of 256.
  private static final int SMALL_FRAME_BYTES = 2048;

  private static final int LARGE_FRAME_BYTES = 4096;
  private static final int KERNEL_HEADROOM_BYTES = 256;

  /// For an engine that is opened with these options.
  public static MemoryPlan of(XdpOptions xdp, EngineOptions options) {
    int longest =
        Math.max(KERNEL_HEADROOM_BYTES, HeaderWriter.HEADROOM_BYTES)
            + HeaderWriter.frameBytes(false)
            + options.maxPayloadBytes();
    return new MemoryPlan(
        options.receiveFrames(),
        // A port can queue all it may while the ring is full of others'.
        xdp.transmitEntries() + 2 * options.sendFrames(),
        longest <= SMALL_FRAME_BYTES ? SMALL_FRAME_BYTES : LARGE_FRAME_BYTES);
  }

  /// All frames.
  int frames() {
    return receiveFrames + transmitFrames;
  }

  /// What counts against the limit of locked memory: the kernel counts it for each socket that the
  /// memory is registered with, and there is one for each queue.
  public long lockedBytes(int queues) {
    return (long) queues * frames() * frameBytes;
  }
}
