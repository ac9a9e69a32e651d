package org.vexor.linux.ethtool;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.charset.StandardCharsets;
import org.vexor.linux.Errno;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.Syscall;

/// ioctl(SIOCETHTOOL): commands to the driver of an interface. Any thread.
final class EthtoolSocket implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;

  private final FileDescriptor socket;

  EthtoolSocket() {
    String what = "socket to ask drivers with";
    socket =
        FileDescriptor.own(
            Syscall.SOCKET.check(Syscall.SOCKET.call(AF_INET, SOCK_DGRAM_CLOEXEC, 0), what), what);
  }

  /// A zeroed structure whose first word is the command, as all of ethtool's are.
  static MemorySegment command(Arena arena, long bytes, int command) {
    MemorySegment structure = arena.allocate(bytes, Long.BYTES);
    structure.set(JAVA_INT, 0, command);
    return structure;
  }

  static int word(MemorySegment structure, StructLayout layout, String field) {
    return structure.get(JAVA_INT, EthtoolLayouts.offset(layout, field));
  }

  /// Makes a call that reads; false when the driver does not offer it.
  boolean ask(Arena arena, String name, MemorySegment structure, String what) {
    long result = call(arena, name, structure);
    if (result == -Errno.EOPNOTSUPP || result == -Errno.EINVAL) {
      return false;
    }
    Syscall.IOCTL.check(result, "asking for the " + what + " of interface " + name);
    return true;
  }

  /// Makes a call that changes.
  void change(Arena arena, String name, MemorySegment structure, String what) {
    long result = call(arena, name, structure);
    String remedy = result == -Errno.EPERM ? "run as root or with CAP_NET_ADMIN" : "";
    Syscall.IOCTL.check(result, what, remedy);
  }

  private long call(Arena arena, String name, MemorySegment structure) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length >= EthtoolLayouts.IFNAMSIZ) {
      return -Errno.ENODEV;
    }
    MemorySegment request = arena.allocate(EthtoolLayouts.IFREQ);
    MemorySegment.copy(bytes, 0, request, JAVA_BYTE, 0, bytes.length);
    request.set(
        JAVA_LONG, EthtoolLayouts.offset(EthtoolLayouts.IFREQ, "ifr_data"), structure.address());
    return Syscall.IOCTL.call(socket.number(), EthtoolLayouts.SIOCETHTOOL, request.address());
  }

  @Override
  public void close() {
    socket.close();
  }
}
