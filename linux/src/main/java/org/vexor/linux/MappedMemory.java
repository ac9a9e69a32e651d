package org.vexor.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory of mmap(2) as segments that live as long as an arena: its close unmaps them, and a
/// segment used after that refuses instead of crashing the process.
public final class MappedMemory {
  public static final int PROT_READ = 1;
  public static final int PROT_WRITE = 2;
  public static final int MAP_SHARED = 0x01;
  public static final int MAP_PRIVATE = 0x02;
  public static final int MAP_ANONYMOUS = 0x20;
  public static final int MAP_POPULATE = 0x8000;
  public static final int MAP_HUGETLB = 0x40000;

  /// Pages of 2 MiB: log2 of the size from bit 26 on (MAP_HUGE_SHIFT).
  public static final int MAP_HUGE_2MB = 21 << 26;

  /// The size of those pages in bytes.
  public static final long HUGE_PAGE_BYTES = 1L << 21;

  private static final int MADV_HUGEPAGE = 14;

  private MappedMemory() {}

  /// Maps `bytes` of an open file (a ring of a socket, say) from `offset` on, readable and
  /// writable, shared with the kernel.
  ///
  /// @param arena its close unmaps
  /// @throws KernelException when the kernel refuses
  public static MemorySegment mapShared(Arena arena, FileDescriptor file, long bytes, long offset) {
    return map(
        arena,
        bytes,
        MAP_SHARED | MAP_POPULATE,
        file.number(),
        offset,
        bytes + " bytes of " + file + " at offset 0x" + Long.toHexString(offset));
  }

  /// Maps `bytes` of zeroed memory in pages of the usual size, asking for transparent huge pages.
  ///
  /// @param bytes a multiple of the page size
  /// @throws KernelException when the kernel refuses
  public static MemorySegment mapAnonymous(Arena arena, long bytes) {
    MemorySegment segment =
        map(
            arena,
            bytes,
            MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE,
            -1,
            0,
            bytes + " bytes of memory");
    // Advice only: kernels without transparent huge pages answer EINVAL and lose nothing.
    long _ = Syscall.MADVISE.call(segment.address(), bytes, MADV_HUGEPAGE);
    return segment;
  }

  /// Maps `bytes` of zeroed memory in huge pages of 2 MiB.
  ///
  /// @param bytes a multiple of [#HUGE_PAGE_BYTES]
  /// @throws KernelException ENOMEM when too few huge pages are free (sysctl vm.nr_hugepages)
  public static MemorySegment mapHuge(Arena arena, long bytes) {
    return map(
        arena,
        bytes,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE | MAP_HUGETLB | MAP_HUGE_2MB,
        -1,
        0,
        bytes + " bytes in huge pages");
  }

  private static MemorySegment map(
      Arena arena, long bytes, int flags, int file, long offset, String what) {
    String remedy =
        (flags & MAP_HUGETLB) == 0 ? "" : "sysctl -w vm.nr_hugepages=" + bytes / HUGE_PAGE_BYTES;
    long address =
        Syscall.MMAP.check(
            Syscall.MMAP.call(0, bytes, PROT_READ | PROT_WRITE, flags, file, offset), what, remedy);
    return MemorySegment.ofAddress(address)
        .reinterpret(bytes, arena, gone -> Syscall.MUNMAP.call(gone.address(), bytes));
  }
}
