package org.vexor.linux.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.vexor.linux.Errno;
import org.vexor.linux.MappedMemory;
import org.vexor.linux.Syscall;

/// Buffers that the kernel takes one by one for what it receives (a provided-buffer ring, since
/// 5.19).
///
/// Whoever adds counts: never more than `entries` may be with the kernel. Owner thread only; lives
/// no longer than its [IoUring], which is closed first.
public final class BufferRing implements AutoCloseable {
  /// The most that the kernel takes; ids are 16 bits.
  public static final int MAX_ENTRIES = 1 << 15;

  /// A multiple of the page size of both machines, which aarch64 chooses when the kernel is built.
  private static final long PAGE_BYTES = 1 << 16;

  private static final VarHandle TAIL = JAVA_SHORT.varHandle();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment ring;
  private final int entries;
  private final int group;
  private int tail;

  /// Registers an empty one.
  ///
  /// @param entries a power of two up to [#MAX_ENTRIES]
  /// @param group its number within the io_uring
  /// @throws org.vexor.linux.KernelException when the kernel refuses
  public BufferRing(IoUring owner, int entries, int group) {
    if (entries < 1 || entries > MAX_ENTRIES || Integer.bitCount(entries) != 1) {
      throw new IllegalArgumentException(
          entries + " entries: must be a power of two from 1 to " + MAX_ENTRIES);
    }
    this.entries = entries;
    this.group = group;
    long bytes = (long) entries * UringLayout.BUF_BYTES;
    ring = MappedMemory.mapAnonymous(arena, (bytes + PAGE_BYTES - 1) & -PAGE_BYTES);
    try (Arena local = Arena.ofConfined()) {
      MemorySegment request = local.allocate(UringLayout.BUF_REG_BYTES, 8);
      request.set(JAVA_LONG, 0, ring.address());
      request.set(JAVA_INT, UringLayout.BUF_REG_ENTRIES, entries);
      request.set(JAVA_SHORT, UringLayout.BUF_REG_GROUP, (short) group);
      long result = owner.register(UringLayout.REGISTER_PBUF_RING, request.address(), 1);
      if (Syscall.isError(result)) {
        arena.close();
      }
      String remedy = result == -Errno.EINVAL ? "run Linux 6.0 or newer" : "";
      long _ = Syscall.IO_URING_REGISTER.check(result, "ring of " + entries + " buffers", remedy);
    }
  }

  public int entries() {
    return entries;
  }

  public int group() {
    return group;
  }

  /// Adds a buffer; the kernel sees it after [#publish].
  ///
  /// @param id 0..65535, which the completion names
  public void add(long address, int length, int id) {
    long at = (long) (tail++ & (entries - 1)) * UringLayout.BUF_BYTES;
    ring.set(JAVA_LONG, at, address);
    ring.set(JAVA_INT, at + UringLayout.BUF_LEN, length);
    // Two bytes, not four: behind the id of entry 0 lies the tail.
    ring.set(JAVA_SHORT, at + UringLayout.BUF_ID, (short) id);
  }

  /// Hands over what was added.
  public void publish() {
    // Pairs with the kernel's acquire in io_ring_buffer_select.
    TAIL.setRelease(ring, (long) UringLayout.BUF_RING_TAIL, (short) tail);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
