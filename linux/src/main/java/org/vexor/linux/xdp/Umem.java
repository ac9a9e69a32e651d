package org.vexor.linux.xdp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.MappedMemory;

/// The packet memory that this process and the kernel share: equal frames, addressed by byte
/// offset.
///
/// It outlives the sockets that are opened over it: any number, one after another or at once, each
/// of which registers it anew. It is unmapped when nothing refers to its segment any more, so a
/// frame that somebody still reads stays good. Which frame is whose is its user's business, and so
/// is that no frame is given to two sockets.
public final class Umem {
  private record Mapping(MemorySegment segment, boolean hugePages) {}

  private final Mapping mapping;
  private final int frameBytes;
  private final int frames;

  private Umem(Mapping mapping, int frames, int frameBytes) {
    this.mapping = mapping;
    this.frames = frames;
    this.frameBytes = frameBytes;
  }

  /// Maps memory for `frames` frames of `frameBytes`, in huge pages when enough are free, else in
  /// usual ones. Touched by the calling thread: pin it before, for memory near its processor.
  ///
  /// @param frameBytes 2048 or 4096
  /// @throws KernelException when the kernel has no memory
  public static Umem map(int frames, int frameBytes) {
    return new Umem(map(Arena.ofAuto(), (long) frames * frameBytes), frames, frameBytes);
  }

  private static Mapping map(Arena arena, long bytes) {
    long huge = MappedMemory.HUGE_PAGE_BYTES;
    if (bytes >= huge) {
      try {
        MemorySegment whole = MappedMemory.mapHuge(arena, (bytes + huge - 1) / huge * huge);
        return new Mapping(whole.asSlice(0, bytes), true);
      } catch (KernelException e) {
        // No huge pages (ENOMEM), or a kernel without them (EINVAL): usual ones serve.
        if (e.errno() != Errno.ENOMEM && e.errno() != Errno.EINVAL) {
          throw e;
        }
      }
    }
    return new Mapping(MappedMemory.mapAnonymous(arena, bytes), false);
  }

  /// All of it; an address of a ring is an offset in here.
  public MemorySegment segment() {
    return mapping.segment;
  }

  /// Bytes of a frame; a power of two.
  public int frameBytes() {
    return frameBytes;
  }

  /// How many frames there are.
  public int frames() {
    return frames;
  }

  /// Whether it lies in huge pages of 2 MiB.
  public boolean hugePages() {
    return mapping.hugePages;
  }

  /// The start of the frame that an address lies in: what goes back on the fill ring.
  public long frameOf(long address) {
    return address & -(long) frameBytes;
  }
}
