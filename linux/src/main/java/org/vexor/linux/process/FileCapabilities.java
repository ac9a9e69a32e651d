package org.vexor.linux.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import org.vexor.linux.Errno;
import org.vexor.linux.Syscall;

/// The capabilities that a program file gives to whoever runs it, as `setcap` writes them (extended
/// attribute security.capability: struct vfs_cap_data of linux/capability.h).
///
/// @param permitted mask of those it gives; test with [Capability#in]
/// @param inheritable mask of those it lets through
/// @param effective whether those given are in force at once
public record FileCapabilities(long permitted, long inheritable, boolean effective) {
  private static final String ATTRIBUTE = "security.capability";

  /// struct vfs_ns_cap_data: magic_etc, two pairs of permitted and inheritable, rootid.
  private static final int BYTES = 24;

  private static final int FLAG_EFFECTIVE = 1;
  private static final int LEAST_BYTES = 20;

  /// Reads them; empty when the file gives none. Needs no privilege.
  ///
  /// @throws org.vexor.linux.KernelException ENOENT when there is no such file, EACCES when a
  ///   folder of its path is closed to us
  public static Optional<FileCapabilities> of(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocate(BYTES, Integer.BYTES);
      long result =
          Syscall.GETXATTR.call(
              arena.allocateFrom(file.toString()).address(),
              arena.allocateFrom(ATTRIBUTE).address(),
              data.address(),
              BYTES);
      if (result == -Errno.ENODATA || result == -Errno.EOPNOTSUPP) {
        return Optional.empty();
      }
      Syscall.GETXATTR.check(result, "reading the capabilities of " + file);
      return parse(data.asSlice(0, result).toArray(JAVA_BYTE));
    }
  }

  /// Reads the attribute's value; empty when it is too short or of the form before Linux 2.6.25.
  static Optional<FileCapabilities> parse(byte[] value) {
    if (value.length < LEAST_BYTES) {
      return Optional.empty();
    }
    MemorySegment data = MemorySegment.ofArray(value);
    return Optional.of(
        new FileCapabilities(mask(data, 4), mask(data, 8), (word(data, 0) & FLAG_EFFECTIVE) != 0));
  }

  private static long mask(MemorySegment data, long offset) {
    return Integer.toUnsignedLong(word(data, offset))
        | Integer.toUnsignedLong(word(data, offset + 8)) << 32;
  }

  private static int word(MemorySegment data, long offset) {
    return data.get(JAVA_INT.withByteAlignment(1), offset);
  }
}
