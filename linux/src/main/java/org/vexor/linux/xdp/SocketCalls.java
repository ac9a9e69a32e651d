package org.vexor.linux.xdp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vexor.linux.Errno;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.Syscall;

/// The calls that set up an AF_XDP socket, each with what mends it.
final class SocketCalls {
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;

  private SocketCalls() {}

  static FileDescriptor socket() {
    long result = Syscall.SOCKET.call(XdpLayouts.AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0);
    String remedy =
        switch ((int) -result) {
          case Errno.EPERM ->
              "run as root or with CAP_NET_RAW in the user namespace that owns this network"
                  + " namespace";
          case Errno.EAFNOSUPPORT -> "run a kernel built with CONFIG_XDP_SOCKETS";
          default -> "";
        };
    return FileDescriptor.own(
        Syscall.SOCKET.check(result, "AF_XDP socket", remedy), "AF_XDP socket");
  }

  static void setInt(FileDescriptor socket, int level, int option, int value, String what) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment word = arena.allocateFrom(JAVA_INT, value);
      Syscall.SETSOCKOPT.check(set(socket, level, option, word), what + " = " + value);
    }
  }

  static long set(FileDescriptor socket, int level, int option, MemorySegment value) {
    return Syscall.SETSOCKOPT.call(
        socket.number(), level, option, value.address(), value.byteSize());
  }

  /// Reads an option into `value`; how many bytes the kernel knows of it, old ones know fewer.
  static int get(FileDescriptor socket, int option, MemorySegment value, String what) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
      Syscall.GETSOCKOPT.check(
          Syscall.GETSOCKOPT.call(
              socket.number(), XdpLayouts.SOL_XDP, option, value.address(), length.address()),
          what);
      return length.get(JAVA_INT, 0);
    }
  }

  static void register(FileDescriptor socket, Umem umem) {
    try (Arena arena = Arena.ofConfined()) {
      var layout = XdpLayouts.XDP_UMEM_REG_LAYOUT;
      MemorySegment request = arena.allocate(layout);
      long bytes = umem.segment().byteSize();
      request.set(JAVA_LONG, XdpLayouts.offset(layout, "addr"), umem.segment().address());
      request.set(JAVA_LONG, XdpLayouts.offset(layout, "len"), bytes);
      request.set(JAVA_INT, XdpLayouts.offset(layout, "chunk_size"), umem.frameBytes());
      Syscall.SETSOCKOPT.check(
          set(socket, XdpLayouts.SOL_XDP, XdpLayouts.XDP_UMEM_REG, request),
          "registering " + bytes + " bytes of packet memory",
          "allow locked memory: ulimit -l "
              + (bytes / 1024 + 1024)
              + " (LimitMEMLOCK= of systemd), or give CAP_IPC_LOCK; or use fewer frames");
    }
  }

  static String bindRemedy(int errno) {
    return switch (errno) {
      case Errno.EBUSY -> "another AF_XDP socket has this queue: stop that program, or use another";
      case Errno.EINVAL -> "use a queue that the interface has (ethtool -l IF)";
      case Errno.EOPNOTSUPP -> "use copy mode, the driver has no zero-copy";
      default -> "";
    };
  }
}
